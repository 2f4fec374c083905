import { type DeadLetterSummary, isRepublishable, type StoredDeadLetter } from './dead-letter.js';

/** Bytes of a payload that an answer shows. */
export const SHOWN_BYTES = 65_536;
const PREVIEW_CHARS = 200;

/** Bytes as they can be shown: as text where they are UTF-8. */
export interface ShownBytes {
  readonly value: string;
  readonly encoding: 'utf8' | 'base64';
}

/** A row of the list. */
export function deadLetterView(letter: DeadLetterSummary) {
  const { id, topic, partition, offset, reason, key, size, start, republished } = letter;
  return {
    ...{ id, topic, partition, offset, reason },
    receivedAt: new Date(letter.receivedAt).toISOString(),
    key: key?.toString('utf8') ?? null,
    size,
    preview: start?.toString('utf8').slice(0, PREVIEW_CHARS) ?? null,
    status: republished ? ('republished' as const) : ('open' as const),
    republishable: isRepublishable(letter),
    republishedAt: republished?.at ?? null,
    republishedBy: republished?.by ?? null,
  };
}

/** Everything that is kept of it; of a long payload the beginning. */
export function deadLetterDetailView(letter: StoredDeadLetter) {
  const { value, headers, ...rest } = letter;
  return {
    ...deadLetterView({ ...rest, size: value?.length ?? null, start: value }),
    headers: headers.map(({ name, value: bytes }) => ({ name, ...shown(bytes) })),
    payload: value && { ...shown(value.subarray(0, SHOWN_BYTES), value.length > SHOWN_BYTES), truncated: value.length > SHOWN_BYTES },
  };
}

function shown(bytes: Buffer, cut = false): ShownBytes {
  try {
    // As a stream, so that a character that was cut in two is left out instead of being a fault.
    return { value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut }), encoding: 'utf8' };
  } catch {
    return { value: bytes.toString('base64'), encoding: 'base64' };
  }
}
