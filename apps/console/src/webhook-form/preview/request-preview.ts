import { consoleSettings } from '../../app';
import type { AuthValues, WebhookFormValues } from '../form-values';
import { previewBody } from './payload-preview';
import type { PreviewEvent } from './preview-event';

/** What a part of the request is there for; shown beside it. */
export type HeaderOrigin = 'hookstream' | 'auth' | 'custom' | 'signature';

export interface PreviewHeader {
  readonly name: string;
  readonly value: string;
  readonly origin: HeaderOrigin;
}

/** The request that a receiver would get, in the order in which its headers are sent (contract, §4). */
export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly PreviewHeader[];
  /** Null with GET and DELETE. */
  readonly body: string | null;
  readonly contentType: string | null;
}

/** What is not shown, or not known before the request is made. */
export interface PreviewBlanks {
  readonly url: string;
  readonly hidden: string;
  readonly made: string;
}

export const BLANKS: PreviewBlanks = { url: 'https://your-server.example/hooks', hidden: '••••••••', made: '…' };

const DELIVERY_ID = 'dlv_01k9zq3v5r8w2y4x6z7a9b1c3d';
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** The exact request for the present state of the form. Credentials that are kept or hidden read as blanks. */
export function requestPreview(
  values: WebhookFormValues,
  event: PreviewEvent,
  userAgent = `Hookstream/${consoleSettings.version}`,
): RequestPreview {
  const carriesBody = values.method === 'POST' || values.method === 'PUT';
  const body = carriesBody ? previewBody(values.payloadFormat, event) : null;
  const url = values.url.trim() || BLANKS.url;
  const own: [string, string][] = [
    ...(body ? [['content-type', body.contentType] as [string, string]] : []),
    ['user-agent', userAgent],
    ['webhook-id', event.id],
    ['webhook-timestamp', String(Math.floor(Date.parse(event.time) / 1000))],
    ['x-hookstream-event', event.type],
    ['x-hookstream-delivery', DELIVERY_ID],
    ['x-hookstream-attempt', '1'],
    ['traceparent', TRACEPARENT],
  ];
  return {
    method: values.method,
    url: carriesBody ? url : withEventQuery(url, event),
    headers: [
      ...of('hookstream', own),
      ...of('auth', authHeaders(values.auth)),
      ...of('custom', customHeaders(values)),
      ...of('signature', signatures(values)),
    ],
    body: body?.text ?? null,
    contentType: body?.contentType ?? null,
  };
}

function authHeaders(auth: AuthValues): [string, string][] {
  const shown = (value: string) => (auth.keep || value === '' ? BLANKS.hidden : value);
  switch (auth.type) {
    case 'NONE':
      return [];
    case 'BEARER':
      return [['authorization', `Bearer ${shown(auth.token)}`]];
    case 'API_KEY':
      return [[auth.headerName.trim() || 'x-api-key', shown(auth.apiKey)]];
    case 'BASIC':
      return [
        ['authorization', `Basic ${auth.keep || auth.username === '' ? BLANKS.hidden : base64(`${auth.username}:${auth.password}`)}`],
      ];
    case 'CUSTOM_HEADERS':
      return auth.headers.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), shown(value)]);
  }
}

function customHeaders({ headers }: WebhookFormValues): [string, string][] {
  return headers.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]);
}

function signatures({ signing }: WebhookFormValues): [string, string][] {
  if (!signing) return [];
  return [
    ['webhook-signature', `v1,${BLANKS.made}`],
    ['x-hookstream-signature', `sha256=${BLANKS.made}`],
  ];
}

function withEventQuery(url: string, { id, type, time }: PreviewEvent): string {
  const query = `event_id=${encodeURIComponent(id)}&event_type=${encodeURIComponent(type)}&event_time=${encodeURIComponent(time)}`;
  if (!url.includes('?')) return `${url}?${query}`;
  return url.endsWith('?') || url.endsWith('&') ? `${url}${query}` : `${url}&${query}`;
}

function of(origin: HeaderOrigin, headers: readonly (readonly [string, string])[]): PreviewHeader[] {
  return headers.map(([name, value]) => ({ name, value, origin }));
}

/** Of UTF-8 bytes, as RFC 7617 has it; `btoa` alone takes Latin-1 only. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
