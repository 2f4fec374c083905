import type { Notice } from './notice.js';
import { type Gathered, KEPT_FAILURES, QUIET, type Standing } from './standing.js';

const OPEN_TOLD_AFTER_MS = 3_600_000;
/** What happened longer ago, such as while the projector was down, is no news; the history has it. */
const STALE_MS = 24 * 3_600_000;

export interface Decision {
  /** Mails to make now, in the order of their meaning. */
  readonly notices: readonly Notice[];
  readonly standing: Standing;
  /** When to decide again though nothing happens, milliseconds since the epoch; null: not before something does. */
  readonly nextMs: number | null;
}

/**
 * Which mails are due. The first failure at once; then failures are gathered until `digestMs` after the last mail about failures,
 * 0 telling of each; one about a recovery at once, but not two within `digestMs`, so that a flapping endpoint is no flood.
 * @param standing of the webhook @param now milliseconds since the epoch
 */
export function decide(standing: Standing, digestMs: number, now: number): Decision {
  const notices: Notice[] = [];
  let next = tellFailures(standing, digestMs, now, notices);
  next = tellTrouble(next, now, notices);
  next = tellRecovery(next, digestMs, now, notices);
  return { notices, standing: settled(next, digestMs, now), nextMs: nextLook(next, digestMs, now) };
}

function tellFailures(standing: Standing, digestMs: number, now: number, notices: Notice[]): Standing {
  const { gathered } = standing;
  if (!gathered) return standing;
  if (now - Date.parse(gathered.last.attemptedAt) > STALE_MS) return { ...standing, gathered: null };
  const waits = standing.toldMs !== null && now < standing.toldMs + digestMs;
  if (waits) return standing;
  const worksAgain = standing.lastAttempt?.ok ?? false;
  const told = { ...standing, toldMs: now, downSince: standing.downSince ?? gathered.since };
  if (digestMs === 0) {
    for (const failure of gathered.kept) notices.push({ kind: 'failure', failure });
    if (gathered.count > gathered.kept.length) notices.push({ kind: 'digest', gathered, worksAgain });
    return { ...told, gathered: null };
  }
  // One that did not have to wait is a first one again.
  const isFirst = standing.toldMs === null || Date.parse(gathered.since) >= standing.toldMs + digestMs;
  const [first] = gathered.kept;
  if (isFirst && first) {
    notices.push({ kind: 'failure', failure: first });
    return { ...told, gathered: withoutFirst(gathered) };
  }
  notices.push({ kind: 'digest', gathered, worksAgain });
  // A digest that says so itself needs no mail about the recovery after it.
  return { ...told, gathered: null, downSince: worksAgain ? standing.downSince : told.downSince };
}

function withoutFirst(gathered: Gathered): Gathered | null {
  const [first, second] = gathered.kept;
  if (gathered.count === 1 || !second) return null;
  return {
    ...gathered,
    count: gathered.count - 1,
    givenUp: gathered.givenUp - (first!.nextAttemptAt === null ? 1 : 0),
    since: second.attemptedAt,
    kept: gathered.kept.slice(1, KEPT_FAILURES),
  };
}

function tellTrouble(standing: Standing, now: number, notices: Notice[]): Standing {
  let { trouble } = standing;
  if (!trouble) return standing;
  if (trouble.autoDisabled !== null && !trouble.disabledTold) {
    notices.push({ kind: 'disabled', reason: trouble.autoDisabled, trouble });
    trouble = { ...trouble, disabledTold: true };
  }
  if (trouble.autoDisabled === null && trouble.warnedPercent > trouble.warnedTold) {
    notices.push({ kind: 'disable-warning', trouble });
    trouble = { ...trouble, warnedTold: trouble.warnedPercent };
  }
  if (trouble.autoDisabled === null && openLongEnough(standing, now)) {
    notices.push({ kind: 'circuit-open', trouble });
    trouble = { ...trouble, openTold: true };
  }
  return { ...standing, trouble };
}

function openLongEnough({ trouble }: Standing, now: number): boolean {
  return trouble !== null && trouble.openSince !== null && !trouble.openTold && now >= Date.parse(trouble.openSince) + OPEN_TOLD_AFTER_MS;
}

function tellRecovery(standing: Standing, digestMs: number, now: number, notices: Notice[]): Standing {
  const { downSince, lastAttempt, recoveryToldMs } = standing;
  if (downSince === null || !lastAttempt?.ok || lastAttempt.at < downSince) return standing;
  if (recoveryToldMs !== null && now < recoveryToldMs + digestMs) return standing;
  const { at, eventType, host } = lastAttempt;
  if (now - Date.parse(at) <= STALE_MS) notices.push({ kind: 'recovered', downSince, at, eventType, host });
  return { ...standing, downSince: null, recoveryToldMs: now };
}

/** Nothing is left to remember once the pauses are over and the webhook works. */
function settled(standing: Standing, digestMs: number, now: number): Standing {
  const over = (ms: number | null): boolean => ms === null || now >= ms + digestMs;
  const { gathered, downSince, trouble, toldMs, recoveryToldMs } = standing;
  return !gathered && downSince === null && !trouble && over(toldMs) && over(recoveryToldMs) ? QUIET : standing;
}

function nextLook(standing: Standing, digestMs: number, now: number): number | null {
  const { gathered, toldMs, downSince, lastAttempt, recoveryToldMs, trouble } = standing;
  const times: number[] = [];
  if (gathered && toldMs !== null) times.push(toldMs + digestMs);
  if (downSince !== null && lastAttempt?.ok && recoveryToldMs !== null) times.push(recoveryToldMs + digestMs);
  if (trouble?.openSince && !trouble.openTold && trouble.autoDisabled === null)
    times.push(Date.parse(trouble.openSince) + OPEN_TOLD_AFTER_MS);
  if (!gathered && downSince === null && !trouble)
    times.push(Math.max(toldMs === null ? 0 : toldMs + digestMs, recoveryToldMs === null ? 0 : recoveryToldMs + digestMs));
  const later = times.filter((time) => time > now);
  return later.length === 0 ? null : Math.min(...later);
}
