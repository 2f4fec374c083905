import { isId } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';

/** Where a page ended, as an opaque text. */
export function encodeCursor(id: string | null): string | null {
  return id === null ? null : Buffer.from(id, 'utf8').toString('base64url');
}

/** @throws AppError `VALIDATION_FAILED` for a text that no list gave out */
export function decodeCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (isId('wh', id) && encodeCursor(id) === cursor) return id;
  throw validationFailed([{ field: 'cursor', rule: 'cursor', message: 'cursor must be a nextCursor of this list' }]);
}
