import { hash } from 'node:crypto';
import { composeId, type IdPrefix } from '#libs/kernel';

const HEAD_CHARS = 10;
const NO_TAIL = new Uint8Array(HEAD_CHARS);

/** The ten characters of time of an id. */
export function idHead(id: string): string {
  const from = id.indexOf('_') + 1;
  return id.slice(from, from + HEAD_CHARS);
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** The time in an id or a key, milliseconds since the epoch; 0 of what is none. */
export function timeOfId(id: string): number {
  let time = 0;
  for (const character of idHead(id)) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return 0;
    time = time * 32 + digit;
  }
  return time;
}

/** The text below which the ids of earlier times are and from which on those of later ones. @param time milliseconds since the epoch */
export function idBound(prefix: IdPrefix, time: number): string {
  return `${prefix}_${headOf(time)}`;
}

/** The head of ids of that time. @param time milliseconds since the epoch */
export function headOf(time: number): string {
  return idHead(composeId('dlv', time, NO_TAIL));
}

/** The key of an event's data in `history.events`: with the time of its deliveries, so that it is of the same day as they are. */
export function eventKey(deliveryId: string, accountId: string, source: string, eventId: string): string {
  return `ev_${idHead(deliveryId)}${digest(accountId, source, eventId)}`;
}

/** The same of an event without deliveries. @param time when the event occurred, milliseconds since the epoch */
export function eventKeyAt(time: number, accountId: string, source: string, eventId: string): string {
  return `ev_${headOf(time)}${digest(accountId, source, eventId)}`;
}

/** The key in `history.bodies` of a body that was sent: equal bodies of one event, hence those of one format, have one. */
export function bodyKey(deliveryId: string, accountId: string, eventId: string, body: string): string {
  return `bd_${idHead(deliveryId)}${digest(accountId, eventId, body)}`;
}

function digest(...parts: string[]): string {
  let text = '';
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`;
  return hash('sha256', text, 'hex').slice(0, 32);
}
