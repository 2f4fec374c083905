import type { EndpointHealthV1 } from '#libs/contracts';
import type { EndpointFacts } from './endpoint.js';

/** How often, at most, the beginning of a failing streak is told; its end always is, when the beginning was. */
const STREAK_EVERY_MS = 60_000;

/**
 * Whether a change belongs on the topic: of the circuit or its next probe, of a warning or auto-disable, and of whether the
 * endpoint is failing. A probe that was not made is not told, and neither is the next one: to whoever reads it a probe that
 * is due and one that is under way are the same, and a full lane may turn many away. Not each failure: what is told is bounded per webhook by the times a circuit stays open and by two
 * records a minute for an endpoint that fails now and then.
 */
export function worthTelling(facts: EndpointFacts, told: EndpointHealthV1 | undefined, now: number): boolean {
  const { circuit, nextProbeAt, streak } = facts;
  if (!told) return circuit !== 'closed' || streak.since !== null;
  if (!(told.circuit === 'half-open' && probing(facts, now))) {
    if (circuit !== told.circuit || instant(nextProbeAt) !== told.nextProbeAt) return true;
    if (circuit !== 'closed' && instant(facts.since) !== told.since) return true;
  }
  if (streak.autoDisabled !== told.autoDisabled) return true;
  if (streak.since === null) return told.failingSince !== null;
  if (streak.warnedPercent !== told.warnedPercent && told.failingSince !== null) return true;
  return instant(streak.since) !== told.failingSince && now - Date.parse(told.changedAt) >= STREAK_EVERY_MS;
}

/** The record that tells it. */
export function recordOf(
  webhook: { readonly id: string; readonly accountId: string },
  facts: EndpointFacts,
  version: number,
  now: number,
): EndpointHealthV1 {
  const { streak } = facts;
  return {
    webhookId: webhook.id,
    accountId: webhook.accountId,
    version,
    circuit: facts.circuit,
    since: new Date(facts.since).toISOString(),
    consecutiveFailures: facts.consecutiveFailures,
    openings: facts.openings,
    nextProbeAt: instant(facts.nextProbeAt),
    failingSince: instant(streak.since),
    warnedPercent: streak.warnedPercent,
    autoDisabled: streak.autoDisabled,
    lastStatusCode: facts.lastStatusCode,
    lastErrorClass: facts.lastErrorClass,
    changedAt: new Date(now).toISOString(),
  };
}

function probing({ circuit, nextProbeAt }: EndpointFacts, now: number): boolean {
  return circuit === 'half-open' || (nextProbeAt !== null && nextProbeAt <= now);
}

function instant(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
