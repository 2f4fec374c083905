import type { EndpointHealthV1, ErrorClass } from '#libs/contracts';
import type { CircuitFacts, Trial } from './circuit-facts.js';
import { EndpointCircuit } from './endpoint-circuit.js';
import type { AttemptHealth } from './endpoint-health.js';
import { afterFailure, afterGone, NO_STREAK, type FailingStreak } from './failing-streak.js';
import { MAX_PAUSE_MS, type HealthRules } from './health-rules.js';
import { whatItSays } from './what-it-says.js';

/** What is told of an endpoint; times in milliseconds since the epoch. */
export interface EndpointFacts extends CircuitFacts {
  readonly streak: FailingStreak;
  readonly lastStatusCode: number | null;
  readonly lastErrorClass: ErrorClass | null;
}

const TOO_MANY_REQUESTS = 429;
const NO_FAILURE = { lastStatusCode: null, lastErrorClass: null };

/**
 * One endpoint of which a failure is known: its circuit, how long it has been failing, and a pause that it asked for. The
 * streak takes every result in, the circuit only those that are not too late for it.
 */
export class Endpoint {
  private readonly circuit: EndpointCircuit;
  private pausedUntil = 0;
  private streak: FailingStreak = NO_STREAK;
  private last: Pick<EndpointFacts, 'lastStatusCode' | 'lastErrorClass'> = NO_FAILURE;

  /** @param known what was told of it last, to go on from; without, nothing has failed yet */
  constructor(
    private readonly rules: HealthRules,
    private readonly random: () => number,
    now: number,
    known?: EndpointHealthV1,
  ) {
    this.circuit = new EndpointCircuit(rules, random, now, known && circuitFacts(known, now));
    if (!known) return;
    const { failingSince, consecutiveFailures, warnedPercent, autoDisabled, lastStatusCode, lastErrorClass } = known;
    if (failingSince !== null)
      this.streak = { since: timeOf(failingSince, now), failures: consecutiveFailures, warnedPercent, autoDisabled };
    this.last = { lastStatusCode, lastErrorClass };
  }

  get state(): EndpointFacts['circuit'] {
    return this.circuit.state;
  }

  /** Whether the circuit has closed just now and lets more and more through. */
  get slowlyStarting(): boolean {
    return this.circuit.slowlyStarting;
  }

  /** Whether forgetting it would lose nothing. */
  quiet(now: number): boolean {
    return this.streak === NO_STREAK && this.pausedUntil <= now && this.circuit.quiet(now);
  }

  facts(): EndpointFacts {
    return { ...this.circuit.facts(), streak: this.streak, ...this.last };
  }

  /** Leave for an attempt, or until when (milliseconds since the epoch) there is none. */
  admit(now: number): Trial | { readonly until: number } {
    if (now >= this.pausedUntil) return this.circuit.admit(now);
    // Not all at once when the pause is over.
    return { until: this.pausedUntil + Math.floor((this.random() * (this.pausedUntil - now)) / 10) };
  }

  settle(trial: Trial, result: AttemptHealth, now: number): void {
    const says = whatItSays(result);
    this.circuit.settle(trial, says, now);
    if (says === 'nothing') return;
    if (result.kind === 'succeeded') {
      this.streak = NO_STREAK;
      this.last = NO_FAILURE;
      return;
    }
    this.streak = says === 'gone' ? afterGone(this.streak, now) : afterFailure(this.streak, now, this.rules.autoDisableAfterMs);
    this.last = { lastStatusCode: result.statusCode, lastErrorClass: result.errorClass };
    if (result.statusCode === TOO_MANY_REQUESTS && result.retryAfterMs) this.pause(result.retryAfterMs, now);
  }

  abandon(trial: Trial, now: number): void {
    this.circuit.abandon(trial, now);
  }

  probeNow(now: number): void {
    this.pausedUntil = 0;
    this.circuit.probeNow(now);
  }

  /** Closed, and nothing that failed is remembered. */
  reset(now: number): void {
    this.streak = NO_STREAK;
    this.last = NO_FAILURE;
    this.pausedUntil = 0;
    this.circuit.reset(now);
  }

  private pause(ms: number, now: number): void {
    if (ms <= 0) return;
    this.pausedUntil = Math.max(this.pausedUntil, now + Math.min(ms, MAX_PAUSE_MS));
    this.circuit.startSlowly(now);
  }
}

function circuitFacts(known: EndpointHealthV1, now: number): CircuitFacts {
  const { circuit, since, consecutiveFailures, openings, nextProbeAt } = known;
  return {
    circuit,
    since: timeOf(since, now),
    consecutiveFailures,
    openings,
    nextProbeAt: circuit === 'open' && nextProbeAt !== null ? timeOf(nextProbeAt, now) : null,
  };
}

function timeOf(text: string, fallback: number): number {
  const time = Date.parse(text);
  return Number.isNaN(time) ? fallback : time;
}
