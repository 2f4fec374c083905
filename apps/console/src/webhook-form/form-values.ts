import type { Webhook } from '../api';

export type HttpMethod = 'POST' | 'PUT' | 'GET' | 'DELETE';
export type AuthType = 'NONE' | 'BEARER' | 'API_KEY' | 'BASIC' | 'CUSTOM_HEADERS';
export type PayloadFormat = 'DEFAULT' | 'Z_API' | 'ENVELOPE' | 'STANDARD' | 'CLOUDEVENTS' | 'RAW' | 'XML';

export const HTTP_METHODS: readonly HttpMethod[] = ['POST', 'PUT', 'GET', 'DELETE'];
export const AUTH_TYPES: readonly AuthType[] = ['NONE', 'BEARER', 'API_KEY', 'BASIC', 'CUSTOM_HEADERS'];
export const PAYLOAD_FORMATS: readonly PayloadFormat[] = ['DEFAULT', 'ENVELOPE', 'STANDARD', 'CLOUDEVENTS', 'RAW', 'XML', 'Z_API'];
export const DEFAULT_API_KEY_HEADER = 'x-api-key';

/** One row of a key and value editor; `key` only tells rows apart on the screen. */
export interface PairRow {
  readonly key: string;
  name: string;
  value: string;
}

export interface AuthValues {
  type: AuthType;
  /** The stored credentials stay as they are: the API never gives them back, so that there is nothing to fill in. */
  keep: boolean;
  token: string;
  headerName: string;
  apiKey: string;
  username: string;
  password: string;
  headers: PairRow[];
}

/** `keep`: the secret that the webhook has; only of one that signs already. */
export type SecretSource = 'keep' | 'generated' | 'own';
export type ScheduleSource = 'default' | 'none' | 'own';

/** What the fields of the form hold. A number field that was emptied holds the empty text. */
export interface WebhookFormValues {
  name: string;
  /** Narrows the choice of events and nothing else; the empty text: all modules. */
  module: string;
  channelId: string;
  notificationType: 'REST';
  method: HttpMethod;
  url: string;
  events: string[];
  enabled: boolean;
  auth: AuthValues;
  signing: boolean;
  secretSource: SecretSource;
  secret: string;
  headers: PairRow[];
  payloadFormat: PayloadFormat;
  timeoutSeconds: number | string;
  scheduleSource: ScheduleSource;
  schedule: string[];
  finalStatuses: string[];
  maxInFlight: number | string;
  /** Per second; the empty text: no limit. */
  rateLimit: number | string;
  filter: string;
  metadata: PairRow[];
}

export function emptyForm(): WebhookFormValues {
  return {
    name: '',
    module: '',
    channelId: '',
    notificationType: 'REST',
    method: 'POST',
    url: '',
    events: [],
    enabled: true,
    auth: emptyAuth(),
    signing: true,
    secretSource: 'generated',
    secret: '',
    headers: [],
    payloadFormat: 'DEFAULT',
    timeoutSeconds: 15,
    scheduleSource: 'default',
    schedule: [],
    finalStatuses: [],
    maxInFlight: 10,
    rateLimit: '',
    filter: '',
    metadata: [],
  };
}

/** The form of a webhook that there is. Its secret and credentials are left alone unless the form says otherwise. */
export function formOf(webhook: Webhook): WebhookFormValues {
  const schedule = webhook.retryPolicy?.schedule;
  return {
    ...emptyForm(),
    name: webhook.name,
    channelId: webhook.channelId ?? '',
    method: webhook.method,
    url: webhook.url,
    events: [...webhook.events],
    enabled: webhook.status === 'enabled',
    auth: authOf(webhook),
    signing: webhook.signing,
    secretSource: webhook.signing ? 'keep' : 'generated',
    headers: pairRows(webhook.headers),
    payloadFormat: webhook.payloadFormat ?? 'DEFAULT',
    timeoutSeconds: (webhook.timeoutMs ?? 15_000) / 1000,
    scheduleSource: !schedule ? 'default' : schedule.length === 0 ? 'none' : 'own',
    schedule: [...(schedule ?? [])],
    finalStatuses: (webhook.retryPolicy?.finalStatuses ?? []).map(String),
    maxInFlight: webhook.maxInFlight ?? 10,
    rateLimit: webhook.rateLimit?.perSecond ?? '',
    filter: webhook.filter ?? '',
    metadata: pairRows(webhook.metadata),
  };
}

/** The form of a new webhook that begins as a copy. Its name must differ; secret and credentials cannot be copied. */
export function duplicateForm(webhook: Webhook, copyName: string): WebhookFormValues {
  const form = formOf(webhook);
  return { ...form, name: copyName, secretSource: 'generated', auth: { ...form.auth, keep: false } };
}

let rows = 0;

export function pairRow(name = '', value = ''): PairRow {
  rows += 1;
  return { key: `row-${rows}`, name, value };
}

function pairRows(map: Readonly<Record<string, string>> | null | undefined): PairRow[] {
  return Object.entries(map ?? {}).map(([name, value]) => pairRow(name, value));
}

function emptyAuth(): AuthValues {
  return { type: 'NONE', keep: false, token: '', headerName: DEFAULT_API_KEY_HEADER, apiKey: '', username: '', password: '', headers: [] };
}

function authOf({ auth }: Webhook): AuthValues {
  const headers = (auth.headerNames ?? []).map((name) => pairRow(name));
  const type = auth.type;
  return { ...emptyAuth(), type, keep: type !== 'NONE', headerName: auth.headerName ?? DEFAULT_API_KEY_HEADER, headers };
}
