const SECRET_NAMES = /^(secret|secretWhsec|password|token|key|apiKey|credentials|authorization|hash)$/i;
const MASK = '[set]';

/** A copy in which the texts under names that stand for secrets are masked, however deep: the log is kept for ever. */
export function masked(value: object | null): object | null {
  return value === null ? null : (maskedValue(value) as object);
}

function maskedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAMES.test(name) && typeof member === 'string' ? MASK : maskedValue(member),
    ]),
  );
}
