import { durationMs, MAX_DELAY_MS } from './duration';
import type { AuthValues, PairRow, WebhookFormValues } from './form-values';
import { headerNameFault, headerValueFault, MAX_HEADERS } from './header-rules';

/** Field of the form (as in `events`, `auth.token`, `headers.0.name`) → key of the sentence that says what is wrong. */
export type FormFaults = Record<string, string>;

const SECRET_LENGTH = { min: 16, max: 128 };

/** What can be known to be wrong before the server is asked; the server's own rules have the last word. */
export function formFaults(values: WebhookFormValues): FormFaults {
  return {
    ...when(values.name.trim() === '', 'name', 'name.required'),
    ...when(values.name.trim().length > 100, 'name', 'name.length'),
    ...urlFault(values.url.trim()),
    ...when(values.events.length === 0, 'events', 'events.required'),
    ...authFaults(values.auth),
    ...secretFault(values),
    ...pairFaults('headers', values.headers),
    ...numberFault('timeoutSeconds', values.timeoutSeconds, 1, 30),
    ...numberFault('maxInFlight', values.maxInFlight, 1, 100, true),
    ...(values.rateLimit === '' ? {} : numberFault('rateLimit', values.rateLimit, 0.0001, 10_000)),
    ...scheduleFaults(values),
    ...statusFaults(values.finalStatuses),
    ...noteFaults(values.metadata),
  };
}

function urlFault(url: string): FormFaults {
  if (url === '') return { url: 'url.required' };
  if (!URL.canParse(url)) return { url: 'url.form' };
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return { url: 'url.scheme' };
  return when(username !== '' || password !== '', 'url', 'url.credentials');
}

function authFaults(auth: AuthValues): FormFaults {
  if (auth.keep) return {};
  switch (auth.type) {
    case 'NONE':
      return {};
    case 'BEARER':
      return { ...when(auth.token === '', 'auth.token', 'auth.token'), ...valueFault('auth.token', 'authorization', auth.token) };
    case 'API_KEY': {
      const nameFault = headerNameFault(auth.headerName.trim());
      return {
        ...(nameFault ? { 'auth.headerName': nameFault } : {}),
        ...when(auth.apiKey === '', 'auth.apiKey', 'auth.key'),
        ...valueFault('auth.apiKey', auth.headerName, auth.apiKey),
      };
    }
    case 'BASIC':
      return {
        ...when(auth.username === '', 'auth.username', 'auth.username'),
        ...when(auth.username.includes(':'), 'auth.username', 'auth.colon'),
        ...when(auth.password === '', 'auth.password', 'auth.password'),
      };
    case 'CUSTOM_HEADERS':
      return {
        ...when(!auth.headers.some(({ name }) => name.trim() !== ''), 'auth.headers', 'auth.headers'),
        ...pairFaults('auth.headers', auth.headers),
        ...emptyValueFaults('auth.headers', auth.headers),
      };
  }
}

/** Of the rows of a header editor; a row that is empty as a whole is none. */
export function pairFaults(path: string, rows: readonly PairRow[]): FormFaults {
  const faults: FormFaults = rows.length > MAX_HEADERS ? { [path]: 'header.count' } : {};
  rows.forEach(({ name, value }, index) => {
    if (name.trim() === '' && value === '') return;
    const others = rows.slice(0, index).map((row) => row.name.trim());
    const nameFault = headerNameFault(name.trim(), others);
    if (nameFault) faults[`${path}.${index}.name`] = nameFault;
    const fault = headerValueFault(name.trim(), value);
    if (fault) faults[`${path}.${index}.value`] = fault;
  });
  return faults;
}

// The names of stored credentials are known, their values are not: an empty one would be saved as a credential that is empty.
function emptyValueFaults(path: string, rows: readonly PairRow[]): FormFaults {
  const faults = rows.map(({ name, value }, index) => when(name.trim() !== '' && value === '', `${path}.${index}.value`, 'auth.value'));
  return Object.assign({}, ...faults) as FormFaults;
}

/** A row that is empty as a whole is no note; text without a key could not be kept, nor two texts under one key. */
function noteFaults(rows: readonly PairRow[]): FormFaults {
  const names = rows.map(({ name }) => name.trim());
  const faults = rows.map(({ value }, index) => {
    const name = names[index]!;
    if (name === '') return when(value !== '', `metadata.${index}.name`, 'metadata.key');
    return when(names.indexOf(name) < index, `metadata.${index}.name`, 'metadata.duplicate');
  });
  return Object.assign({}, ...faults) as FormFaults;
}

function secretFault({ signing, secretSource, secret }: WebhookFormValues): FormFaults {
  if (!signing || secretSource !== 'own') return {};
  const length = [...secret].length;
  if (length < SECRET_LENGTH.min || length > SECRET_LENGTH.max) return { secret: 'secret.length' };
  return when(secret.trim() !== secret || /\p{Cc}/u.test(secret), 'secret', 'secret.characters');
}

function scheduleFaults({ scheduleSource, schedule }: WebhookFormValues): FormFaults {
  if (scheduleSource !== 'own') return {};
  if (schedule.every((delay) => delay.trim() === '')) return { schedule: 'schedule.required' };
  if (schedule.length > 20) return { schedule: 'schedule.count' };
  const bad = schedule.find((delay) => durationMs(delay) === undefined);
  if (bad !== undefined) return { schedule: 'schedule.form' };
  return when(
    schedule.some((delay) => durationMs(delay)! > MAX_DELAY_MS),
    'schedule',
    'schedule.range',
  );
}

function statusFaults(statuses: readonly string[]): FormFaults {
  const bad = statuses.some((status) => !/^[345]\d\d$/.test(status));
  return when(bad, 'finalStatuses', 'finalStatuses.form');
}

function numberFault(field: string, value: number | string, min: number, max: number, whole = false): FormFaults {
  const number = value === '' ? NaN : Number(value);
  const good = number >= min && number <= max && (!whole || Number.isInteger(number));
  return when(!good, field, `${field}.range`);
}

function valueFault(field: string, name: string, value: string): FormFaults {
  const fault = headerValueFault(name, value);
  return fault ? { [field]: fault } : {};
}

function when(wrong: boolean, field: string, key: string): FormFaults {
  return wrong ? { [field]: key } : {};
}
