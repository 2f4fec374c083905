import type { Timestamp } from './messages/google/protobuf/timestamp.js';

/** 9999-12-31T23:59:59Z, the last second that RFC 3339 can name. */
const LAST_SECOND = 253_402_300_799;
const FIRST_SECOND = -62_135_596_800;

/** @param time RFC 3339, UTC */
export function timestampOf(time: string): Timestamp {
  const ms = Date.parse(time);
  const seconds = Math.floor(ms / 1000);
  const fraction = /\.(\d{1,9})/.exec(time)?.[1] ?? '';
  return { seconds, nanos: Number(fraction.padEnd(9, '0')) };
}

/** As RFC 3339, to the nanosecond; for what is no time, a text that is none either, so that the rule about the field refuses it. */
export function timeOf(timestamp: Partial<Timestamp>): string {
  const { seconds = 0, nanos = 0 } = timestamp;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > 999_999_999) return 'out of range';
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = String(nanos).padStart(9, '0').replace(/0+$/, '');
  return `${whole}${fraction === '' ? '' : `.${fraction}`}Z`;
}
