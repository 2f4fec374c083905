import * as rpc from '../grpc/index.js';
import { enumOf, timeOf, timestampOf, wordOf } from '../grpc/index.js';
import type { DeadLetterSummary, StoredDeadLetter } from './dead-letter.js';
import { LETTER_STATUSES } from './dead-letter.dto.js';
import { deadLetterView, SHOWN_BYTES } from './dead-letter.view.js';

export function deadLetterMessage(letter: DeadLetterSummary): rpc.DeadLetter {
  const { id, reason, republishable, receivedAt, republishedAt, status, ...view } = deadLetterView(letter);
  return {
    ...{ id, reason, republishable },
    topic: view.topic ?? undefined,
    partition: view.partition ?? undefined,
    offset: view.offset ?? undefined,
    receivedAt: timestampOf(receivedAt),
    key: view.key ?? undefined,
    size: view.size ?? undefined,
    preview: view.preview ?? undefined,
    status: enumOf('DEAD_LETTER_STATUS_', status),
    republishedAt: republishedAt === null ? undefined : timestampOf(republishedAt),
    republishedBy: view.republishedBy ?? undefined,
  };
}

export function deadLetterDetailMessage({ value, headers, ...rest }: StoredDeadLetter): rpc.DeadLetterDetail {
  return {
    deadLetter: deadLetterMessage({ ...rest, size: value?.length ?? null, start: value }),
    headers: headers.map(({ name, value: bytes }) => ({ name, value: bytes })),
    payload: value?.subarray(0, SHOWN_BYTES),
    truncated: (value?.length ?? 0) > SHOWN_BYTES,
  };
}

/** As the query of the list over HTTP. */
export function deadLetterFilter({ status, from, to, ...same }: Partial<rpc.ListDeadLettersRequest>): object {
  return { ...same, status: wordOf('DEAD_LETTER_STATUS_', LETTER_STATUSES, status), from: from && timeOf(from), to: to && timeOf(to) };
}
