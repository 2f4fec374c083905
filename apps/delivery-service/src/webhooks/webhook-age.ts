const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The time at which an id such as `wh_01k…` was made, in milliseconds since the epoch; undefined for other texts. */
export function idTime(id: string): number | undefined {
  const head = id.slice(id.indexOf('_') + 1, id.indexOf('_') + 11);
  if (head.length < 10) return undefined;
  let time = 0;
  for (const char of head) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return undefined;
    time = time * 32 + digit;
  }
  return time;
}
