import type { PreviewEvent } from './preview-event';

type Data = Readonly<Record<string, unknown>>;
type Body = Record<string, unknown>;

/** The body in Z-API's spelling; undefined for an event that they do not know, which is written as `DEFAULT`. */
export function zApiBody(event: PreviewEvent): string | undefined {
  const make = BODIES[event.type];
  const data: unknown = make && JSON.parse(event.data);
  if (!make || typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  return JSON.stringify(make(data as Data, event));
}

const BODIES: Readonly<Record<string, (data: Data, event: PreviewEvent) => Body>> = {
  MESSAGE_RECEIVED: received,
  MESSAGE_DELIVERY: (data, event) => ({
    phone: data.phone ?? null,
    zaapId: data.deliveryId ?? data.messageId ?? null,
    messageId: data.messageId ?? null,
    type: 'DeliveryCallback',
    instanceId: instanceId(event),
  }),
  MESSAGE_STATUS: (data, event) => ({
    instanceId: instanceId(event),
    status: data.status ?? null,
    ids: data.ids ?? [],
    momment: momment(data, event),
    phoneDevice: data.phoneDevice ?? 0,
    phone: data.phone ?? null,
    type: 'MessageStatusCallback',
    isGroup: data.isGroup ?? false,
  }),
  PRESENCE_CHAT: (data, event) => ({
    type: 'PresenceChatCallback',
    phone: data.phone ?? null,
    status: data.status ?? null,
    lastSeen: data.lastSeen ?? null,
    instanceId: instanceId(event),
  }),
  CONNECTED: (data, event) => ({
    type: 'ConnectedCallback',
    connected: true,
    momment: momment(data, event),
    instanceId: instanceId(event),
    phone: data.phone ?? null,
  }),
  DISCONNECTED: (data, event) => ({
    momment: momment(data, event),
    error: data.error ?? 'Device has been disconnected',
    disconnected: true,
    type: 'DisconnectedCallback',
    instanceId: instanceId(event),
  }),
};

const TEXTS = 'phone fromMe momment status chatName senderName senderPhoto photo participantPhone participantLid senderLid connectedPhone';
const FLAGS = 'broadcast isStatusReply isEdit isGroup isNewsletter waitingMessage';

// The one content member of a message; what is marked with `?` is left out when absent, the rest is null then.
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

function received(data: Data, event: PreviewEvent): Body {
  const absent: Data = { fromMe: false, momment: momment(data, event), status: 'RECEIVED' };
  const source: Data = { ...data, momment: momment(data, event) };
  const body: Body = { type: 'ReceivedCallback', instanceId: instanceId(event), messageId: data.messageId ?? null };
  for (const name of TEXTS.split(' ')) body[name] = source[name] ?? absent[name] ?? null;
  for (const name of FLAGS.split(' ')) body[name] = source[name] ?? false;
  return { ...body, ...content(data) };
}

function content(data: Data): Body {
  for (const [name, members] of CONTENTS) {
    const value = data[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    const body: Body = {};
    for (const member of members.split(' ')) {
      const key = member.replace('?', '');
      const given = (value as Data)[key];
      if (given !== undefined || key === member) body[key] = given ?? null;
    }
    return { [name]: body };
  }
  return {};
}

function momment(data: Data, { time }: PreviewEvent): number {
  return typeof data.moment === 'number' ? data.moment : Date.parse(time);
}

function instanceId({ channelId }: PreviewEvent): string | null {
  return channelId || null;
}
