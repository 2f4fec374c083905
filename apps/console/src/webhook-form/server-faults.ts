import type { PairRow, WebhookFormValues } from './form-values';

/** One entry of a problem's `errors`. */
export interface ServerFault {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/** What a refusal says about the form: the server's sentences by field of the form, and those that belong to none. */
export interface PlacedFaults {
  readonly fields: Record<string, string>;
  readonly others: string[];
}

const RENAMED: Readonly<Record<string, string>> = {
  timeoutMs: 'timeoutSeconds',
  'auth.key': 'auth.apiKey',
  'rateLimit.perSecond': 'rateLimit',
  status: 'enabled',
  auth: 'auth.type',
  retryPolicy: 'schedule',
};
const PLAIN = new Set(
  [
    'name url method channelId events enabled signing secret headers payloadFormat timeoutSeconds schedule finalStatuses maxInFlight',
    'rateLimit filter metadata auth.type auth.token auth.headerName auth.apiKey auth.username auth.password auth.headers notificationType',
  ].flatMap((names) => names.split(' ')),
);

/** Puts every fault of a problem document on the field of the form that holds what was refused. */
export function placeFaults(faults: readonly ServerFault[], values: WebhookFormValues): PlacedFaults {
  const placed: PlacedFaults = { fields: {}, others: [] };
  for (const { field, message } of faults) {
    const target = formField(field, values);
    if (target === undefined) placed.others.push(`${field}: ${message}`);
    else placed.fields[target] = placed.fields[target] ? `${placed.fields[target]}; ${message}` : message;
  }
  return placed;
}

function formField(field: string, values: WebhookFormValues): string | undefined {
  if (field.startsWith('events[')) return 'events';
  if (field.startsWith('retryPolicy.schedule')) return 'schedule';
  if (field.startsWith('retryPolicy.finalStatuses')) return 'finalStatuses';
  // A header's name may contain anything that a path may, so the rest of the text is the name.
  if (field.startsWith('headers.')) return rowField('headers', field.slice('headers.'.length), values.headers);
  if (field.startsWith('auth.headers.')) return rowField('auth.headers', field.slice('auth.headers.'.length), values.auth.headers);
  if (field.startsWith('metadata.')) return rowField('metadata', field.slice('metadata.'.length), values.metadata);
  const name = RENAMED[field] ?? field;
  return PLAIN.has(name) ? name : undefined;
}

function rowField(path: string, name: string, rows: readonly PairRow[]): string {
  const index = rows.findIndex((row) => row.name.trim() === name);
  return index === -1 ? path : `${path}.${index}.name`;
}
