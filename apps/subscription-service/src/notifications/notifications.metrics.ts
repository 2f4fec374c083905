import { Counter, Gauge } from 'prom-client';

const made = new Counter({
  name: 'hookstream_notices_total',
  help: 'Notices for which mails were made, by kind',
  labelNames: ['kind'],
});
const skipped = new Counter({
  name: 'hookstream_notices_skipped_total',
  help: 'Notices that nobody was told of, by reason; of a full outbox, the mails that it did not take',
  labelNames: ['reason'],
});
const mails = new Counter({
  name: 'hookstream_mails_total',
  help: 'Mails handed to the mail server, by what became of it',
  labelNames: ['result'],
});
const pending = new Gauge({ name: 'hookstream_mails_pending', help: 'Mails that wait to be sent' });
const age = new Gauge({ name: 'hookstream_mails_pending_age_seconds', help: 'For how long the oldest of them waits' });

export type SkipReason = 'switched-off' | 'kind-switched-off' | 'webhook-disabled' | 'no-address' | 'unsubscribed' | 'outbox-full';

export function noticeMade(kind: string): void {
  made.inc({ kind });
}

export function noticeSkipped(reason: SkipReason, count = 1): void {
  skipped.inc({ reason }, count);
}

export function mailHandled(result: 'sent' | 'refused' | 'postponed' | 'expired'): void {
  mails.inc({ result });
}

/** @param oldest milliseconds since the epoch */
export function mailsPending(count: number, oldest: number | null, now: number): void {
  pending.set(count);
  age.set(oldest === null ? 0 : Math.max(0, now - oldest) / 1000);
}
