import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { validationFailed } from '#libs/runtime';
import { Optional } from './dto-rules.js';

/** The query of every list. */
export class PageDto {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;

  @Optional()
  @IsString()
  cursor?: string;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/** Where a page ended, as an opaque text: the key of its last row. */
export function encodeKeyCursor(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

/**
 * @param fits whether a text can be a key of the list
 * @throws AppError `VALIDATION_FAILED` for a text that no list gave out
 */
export function decodeKeyCursor(cursor: string | undefined, fits: (key: string) => boolean): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (fits(key) && encodeKeyCursor(key) === cursor) return key;
  throw validationFailed([{ field: 'cursor', rule: 'cursor', message: 'cursor must be a nextCursor of this list' }]);
}

/** A page of rows of which one more than `limit` was asked for. */
export function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string): Page<Row> {
  const data = rows.slice(0, limit);
  return { data, nextCursor: rows.length > limit ? encodeKeyCursor(keyOf(data.at(-1)!)) : null };
}
