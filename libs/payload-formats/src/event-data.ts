import { isUtf8 } from 'node:buffer';
import type { DomainEvent } from '#libs/contracts';

export const JSON_CONTENT_TYPE = 'application/json';

const NULL = Buffer.from('null');
// A type and subtype of RFC 6838, where the subtype is json or ends in +json; parameters may follow.
const JSON_MEDIA_TYPE = /^\s*[\w.!#$&^+-]+\/(?:[\w.!#$&^+-]+\+)?json\s*(?:;|$)/i;

/** Whether the data is JSON: said so by its content type, or said to be nothing else. */
export function hasJsonData(event: DomainEvent): boolean {
  const { dataContentType } = event;
  return !dataContentType || dataContentType === JSON_CONTENT_TYPE || JSON_MEDIA_TYPE.test(dataContentType);
}

/**
 * The data as the bytes of one JSON value. JSON is handed on as it was published, no data at all becomes `null`;
 * anything else becomes a JSON string: of its text, or of its base64 where the bytes are not UTF-8.
 */
export function dataAsJson(event: DomainEvent): Buffer {
  if (!hasJsonData(event)) return Buffer.from(JSON.stringify(dataAsText(event).text), 'utf8');
  return event.data.length === 0 ? NULL : event.data;
}

/** Data that is not JSON, as text; bytes that are no UTF-8 as base64, so that nothing is replaced in silence. */
export function dataAsText(event: DomainEvent): { readonly text: string; readonly base64: boolean } {
  const base64 = !isUtf8(event.data);
  return { text: event.data.toString(base64 ? 'base64' : 'utf8'), base64 };
}

/** The context as the text of one JSON value; `null` where the event has none. */
export function contextAsJson(event: DomainEvent): string {
  return event.context || 'null';
}

/** One body of pieces; texts as UTF-8, bytes as they are. */
export function body(...pieces: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece)));
}
