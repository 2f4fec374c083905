const SPECIAL = /["\\]/;

type Value = string | number | boolean | null;

/** The values of one column as an array literal, for `unnest`: written here, it costs a fraction of what the driver takes. */
export function column<Row>(rows: readonly Row[], of: (row: Row) => Value): string {
  let text = '{';
  for (let i = 0; i < rows.length; i++) text += (i === 0 ? '' : ',') + element(of(rows[i]!));
  return text + '}';
}

/** What many rows have of one column, as one value: neither escaped nor turned into digits on its way. */
export interface Blob {
  readonly bytes: Buffer;
  /** Array literals: where each value begins, from 1, and how long it is; null where there is none. */
  readonly starts: string;
  readonly lengths: string;
}

/** Texts as UTF-8, or bytes. In SQL, `substring(<bytes> from <start> for <length>)` is one of them. */
export function blobOf(values: readonly (string | Buffer | null)[]): Blob {
  const lengths = values.map((value) => (value === null ? null : typeof value === 'string' ? Buffer.byteLength(value) : value.length));
  const bytes = Buffer.allocUnsafe(lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0));
  const starts: (number | null)[] = [];
  let at = 0;
  for (const [i, value] of values.entries()) {
    starts.push(value === null ? null : at + 1);
    if (typeof value === 'string') bytes.write(value, at);
    else value?.copy(bytes, at);
    at += lengths[i] ?? 0;
  }
  return { bytes, starts: column(starts, (start) => start), lengths: column(lengths, (length) => length) };
}

/** A text as Postgres can hold it: it has no U+0000. */
export function pgText(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text;
}

/** The same of a text that may be missing. */
export function pgTextOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : pgText(text);
}

/** A time in milliseconds as `timestamptz` reads it; Postgres knows more years than RFC 3339. */
export function pgTime(ms: number | null): string | null {
  return ms === null || Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

function element(value: Value): string {
  if (typeof value !== 'string') return value === null ? 'NULL' : String(value);
  return SPECIAL.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
}
