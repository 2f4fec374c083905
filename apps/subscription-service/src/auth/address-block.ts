const UNKNOWN = 'unknown';

/** What counts as one caller by address: an IPv4 address, or the /64 of an IPv6 address, which is what one subscriber has. */
export function addressBlock(remoteAddress: string | null): string {
  if (remoteAddress === null || remoteAddress === '') return UNKNOWN;
  const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
