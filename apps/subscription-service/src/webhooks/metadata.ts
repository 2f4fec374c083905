import type { FieldError } from '#libs/kernel';

const MAX_KEYS = 50;
const MAX_KEY_LENGTH = 64;
const MAX_VALUE_BYTES = 1_024;

/** What is wrong with the keys and values of `metadata`. */
export function metadataFaults(metadata: Readonly<Record<string, string>>): FieldError[] {
  const entries = Object.entries(metadata);
  if (entries.length > MAX_KEYS) {
    return [{ field: 'metadata', rule: 'metadata.count', message: `metadata may hold ${MAX_KEYS} keys` }];
  }
  return entries.flatMap(([key, value]) => [...keyFaults(key), ...valueFaults(key, value)]);
}

function keyFaults(key: string): FieldError[] {
  const length = [...key].length;
  // A key that is refused may be of any size: the fault names the beginning of it.
  const field = `metadata.${[...key].slice(0, MAX_KEY_LENGTH).join('')}`;
  if (length === 0 || length > MAX_KEY_LENGTH) {
    return [{ field, rule: 'metadata.key-length', message: `a key of metadata has 1 to ${MAX_KEY_LENGTH} characters` }];
  }
  if (!/\p{Cc}|\p{Cs}/u.test(key)) return [];
  return [{ field, rule: 'printable', message: 'a key of metadata must not hold control characters' }];
}

function valueFaults(key: string, value: string): FieldError[] {
  const field = `metadata.${[...key].slice(0, MAX_KEY_LENGTH).join('')}`;
  if (Buffer.byteLength(value, 'utf8') > MAX_VALUE_BYTES) {
    return [{ field, rule: 'metadata.value-length', message: `a value of metadata has at most ${MAX_VALUE_BYTES} bytes of UTF-8` }];
  }
  if (!/\0|\p{Cs}/u.test(value)) return [];
  return [{ field, rule: 'printable', message: 'a value of metadata must be text without NUL' }];
}
