import type { DomainEvent } from '#libs/contracts';
import { hasJsonData, JSON_CONTENT_TYPE } from '../event-data.js';
import { readJson, type JsonNode } from '../json-reader.js';
import type { PayloadFormat } from '../payload-format.js';
import { defaultFormat } from './default-format.js';

/** Compatible with Z-API, for migration; keys and spellings (`momment`) are theirs. Events they do not know are written as `DEFAULT`. */
export const zApiFormat: PayloadFormat = {
  name: 'Z_API',
  contentType: () => JSON_CONTENT_TYPE,
  render: (input) => {
    const body = BODIES.get(input.event.type);
    const data = body && hasJsonData(input.event) && input.event.data.length > 0 ? readJson(input.event.data) : undefined;
    if (!body || data?.kind !== 'object') return defaultFormat.render(input);
    return Buffer.from(body({ event: input.event, data: new Map(data.members) }), 'utf8');
  },
};

interface Source {
  readonly event: DomainEvent;
  readonly data: ReadonlyMap<string, JsonNode>;
}

/** The text of a JSON value; undefined leaves the member out. */
type Value = (source: Source) => string | undefined;

const constant = (value: unknown): Value => {
  const text = JSON.stringify(value);
  return () => text;
};

// A member of the data under its own name, digits and all; absent or null gives what the table has in brackets.
const field =
  (name: string, absent: Value = constant(null)): Value =>
  (source) => {
    const node = source.data.get(name);
    return node && node.kind !== 'null' ? node.source : absent(source);
  };

const instanceId: Value = ({ event }) => JSON.stringify(event.channelId || null);

const momment: Value = ({ event, data }) => {
  const moment = data.get('moment');
  return moment?.kind === 'number' ? moment.source : JSON.stringify(Date.parse(event.time));
};

const isFalse = constant(false);

// The one content member of a message; `?` marks what is left out when absent, the rest is null then.
const CONTENTS: readonly (readonly [name: string, members: string])[] = [
  ['text', 'message title? url? thumbnailUrl?'],
  ['image', 'imageUrl caption mimeType thumbnailUrl? width? height?'],
  ['audio', 'audioUrl mimeType seconds? ptt?'],
  ['video', 'videoUrl caption mimeType seconds?'],
  ['document', 'documentUrl mimeType title fileName pageCount?'],
  ['contact', 'displayName vCard phones'],
  ['location', 'longitude latitude address url name?'],
  ['sticker', 'stickerUrl mimeType'],
  ['reaction', 'value time reactionBy referencedMessage'],
];

const contents = CONTENTS.map(([name, members]) => {
  const write = object(
    members.split(' ').map((member) => {
      const key = member.replace('?', '');
      return [key, key === member ? field(key) : ({ data }) => data.get(key)?.source] as const;
    }),
  );
  return { name, write };
});

const content: Value = ({ event, data }) => {
  for (const { name, write } of contents) {
    const node = data.get(name);
    if (node?.kind === 'object') return `"${name}":${write({ event, data: new Map(node.members) })}`;
  }
  return undefined;
};

const received = object([
  ['type', constant('ReceivedCallback')],
  ['instanceId', instanceId],
  ['messageId', field('messageId')],
  ['phone', field('phone')],
  ['fromMe', field('fromMe', isFalse)],
  ['momment', momment],
  ['status', field('status', constant('RECEIVED'))],
  ['chatName', field('chatName')],
  ['senderName', field('senderName')],
  ['senderPhoto', field('senderPhoto')],
  ['photo', field('photo')],
  ['participantPhone', field('participantPhone')],
  ['participantLid', field('participantLid')],
  ['senderLid', field('senderLid')],
  ['connectedPhone', field('connectedPhone')],
  ['broadcast', field('broadcast', isFalse)],
  ['isStatusReply', field('isStatusReply', isFalse)],
  ['isEdit', field('isEdit', isFalse)],
  ['isGroup', field('isGroup', isFalse)],
  ['isNewsletter', field('isNewsletter', isFalse)],
  ['waitingMessage', field('waitingMessage', isFalse)],
]);

const BODIES: ReadonlyMap<string, (source: Source) => string> = new Map([
  [
    'MESSAGE_RECEIVED',
    (source: Source) => {
      const member = content(source);
      return member ? `${received(source).slice(0, -1)},${member}}` : received(source);
    },
  ],
  [
    'MESSAGE_DELIVERY',
    object([
      ['phone', field('phone')],
      ['zaapId', field('deliveryId', field('messageId'))],
      ['messageId', field('messageId')],
      ['type', constant('DeliveryCallback')],
      ['instanceId', instanceId],
    ]),
  ],
  [
    'MESSAGE_STATUS',
    object([
      ['instanceId', instanceId],
      ['status', field('status')],
      ['ids', field('ids', constant([]))],
      ['momment', momment],
      ['phoneDevice', field('phoneDevice', constant(0))],
      ['phone', field('phone')],
      ['type', constant('MessageStatusCallback')],
      ['isGroup', field('isGroup', isFalse)],
    ]),
  ],
  [
    'PRESENCE_CHAT',
    object([
      ['type', constant('PresenceChatCallback')],
      ['phone', field('phone')],
      ['status', field('status')],
      ['lastSeen', field('lastSeen')],
      ['instanceId', instanceId],
    ]),
  ],
  [
    'CONNECTED',
    object([
      ['type', constant('ConnectedCallback')],
      ['connected', constant(true)],
      ['momment', momment],
      ['instanceId', instanceId],
      ['phone', field('phone')],
    ]),
  ],
  [
    'DISCONNECTED',
    object([
      ['momment', momment],
      ['error', field('error', constant('Device has been disconnected'))],
      ['disconnected', constant(true)],
      ['type', constant('DisconnectedCallback')],
      ['instanceId', instanceId],
    ]),
  ],
]);

function object(members: readonly (readonly [key: string, value: Value])[]): (source: Source) => string {
  return (source) => {
    const written = members.map(([key, value]) => [key, value(source)] as const).filter(([, text]) => text !== undefined);
    return `{${written.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
  };
}
