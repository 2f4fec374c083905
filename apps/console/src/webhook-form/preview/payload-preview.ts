import type { PayloadFormat } from '../form-values';
import type { PreviewEvent } from './preview-event';
import { xmlBody } from './xml-preview';
import { zApiBody } from './z-api-preview';

export interface PreviewBody {
  readonly contentType: string;
  readonly text: string;
}

const JSON_TYPE = 'application/json';

/**
 * The body that a format makes of an event. The golden files of the payload formats prove that it is what is sent, but for
 * numbers in `XML` and `Z_API`, which are sent digit by digit and here as JavaScript writes them.
 */
export function previewBody(format: PayloadFormat, event: PreviewEvent): PreviewBody {
  switch (format) {
    case 'DEFAULT':
      return json(defaultBody(event));
    case 'ENVELOPE':
      return json(
        spliced({ event_time: event.time, event_type: event.type }, ['current_context', event.context ?? 'null'], ['data', event.data]),
      );
    case 'STANDARD':
      return json(spliced({ type: event.type, timestamp: event.time }, ['data', event.data]));
    case 'CLOUDEVENTS':
      return { contentType: 'application/cloudevents+json', text: cloudEvent(event) };
    case 'RAW':
      return json(event.data);
    case 'XML':
      return { contentType: 'application/xml', text: xmlBody(event) };
    case 'Z_API':
      return json(zApiBody(event) ?? defaultBody(event));
  }
}

function defaultBody({ id, type, accountId, channelId, time, data }: PreviewEvent): string {
  return spliced({ id, event: type, accountId, channelId: channelId || undefined, time }, ['data', data]);
}

function cloudEvent({ id, source, type, time, accountId, channelId, context, data }: PreviewEvent): string {
  const head = { specversion: '1.0', id, source, type, time, datacontenttype: JSON_TYPE, accountid: accountId };
  return spliced({ ...head, channelid: channelId || undefined, context: context || undefined }, ['data', data]);
}

/** An object of the members of `head` and then of JSON texts that go in as they are. */
function spliced(head: Readonly<Record<string, unknown>>, ...members: readonly (readonly [name: string, text: string])[]): string {
  return `${JSON.stringify(head).slice(0, -1)}${members.map(([name, text]) => `,"${name}":${text}`).join('')}}`;
}

function json(text: string): PreviewBody {
  return { contentType: JSON_TYPE, text };
}
