import { isIP } from 'node:net';

/** A range of addresses of one family. */
export interface Cidr {
  /** 4 or 16 bytes. */
  readonly bytes: readonly number[];
  readonly prefix: number;
}

/**
 * The bytes of an address (4 or 16), or undefined when the text is not an address in its usual spelling or names a zone.
 * Our own because ipaddr.js reads `::127.0.0.1` as the mapped `::ffff:127.0.0.1`, another address than a socket goes to.
 */
export function addressBytes(address: string): readonly number[] | undefined {
  const family = isIP(address);
  if (family === 4) return address.split('.').map(Number);
  if (family === 0 || address.includes('%')) return undefined;
  const [left = '', right] = address.split('::');
  const [before, after] = [groups(left), groups(right ?? '')];
  return [...before, ...new Array<number>(16 - before.length - after.length).fill(0), ...after];
}

/** The bytes of some groups of an IPv6 address, of which the last may be an IPv4 address. */
function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** @returns undefined when the text is not CIDR notation */
export function parseCidr(text: string): Cidr | undefined {
  const [address, prefixText, ...rest] = text.split('/');
  const bytes = addressBytes(address ?? '');
  const prefix = /^\d{1,3}$/.test(prefixText ?? '') ? Number(prefixText) : Number.NaN;
  if (!bytes || rest.length > 0 || !(prefix <= bytes.length * 8)) return undefined;
  return { bytes, prefix };
}

export function contains(range: Cidr, bytes: readonly number[]): boolean {
  if (range.bytes.length !== bytes.length) return false;
  const whole = range.prefix >> 3;
  for (let i = 0; i < whole; i++) if (range.bytes[i] !== bytes[i]) return false;
  const rest = range.prefix & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return (range.bytes[whole]! & mask) === (bytes[whole]! & mask);
}
