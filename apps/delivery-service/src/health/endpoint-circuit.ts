import type { Circuit } from '#libs/contracts';
import { assertNever } from '#libs/kernel';
import { EndpointBreaker } from './endpoint-breaker.js';
import type { CircuitFacts, Trial } from './circuit-facts.js';
import { openTime, type HealthRules } from './health-rules.js';
import { SlowStart } from './slow-start.js';
import type { Saying } from './what-it-says.js';

type Phase =
  | { readonly circuit: 'closed'; readonly slowStart: SlowStart | undefined }
  | { readonly circuit: 'open'; readonly nextProbeAt: number; awaited: number }
  | { readonly circuit: 'half-open'; readonly probe: Trial; readonly lostAt: number };

const NEXT: Readonly<Record<Circuit, readonly Circuit[]>> = { closed: ['open'], open: ['half-open'], 'half-open': ['closed', 'open'] };

/** Deliveries that are told the very time of the next probe; the others come later, should none of these have come. */
const AWAITED = 3;
/** A probe of which nothing was heard for so long is over; far longer than an attempt may take. */
const PROBE_LOST_MS = 120_000;
const SLOW_START_HOLD_MS = 250;

/**
 * Whether one endpoint may be called.
 *
 *            5 failures in a row, ≥ 50 % of ≥ 20, or 410          its time is over: the next attempt is the probe
 *   closed ───────────────────────────────────────────▶ open ────────────────────────────────────────────────▶ half-open
 *     ▲                                                   ▲                                                       │  │
 *     │                                                   ├── the probe fails: open for twice as long ────────────┤  │
 *     │                                                   ├── says nothing of the endpoint: as long as at first ──┤  │
 *     │                                                   └── is not made, or is lost: due now ───────────────────┘  │
 *     └── the probe is answered, be it with 4xx; a reset closes from any state ──────────────────────────────────────┘
 *
 * - Closed: every attempt goes; right after closing only a growing number at once (`SlowStart`).
 * - Open: none goes before `nextProbeAt`. Deliveries are held until then, most of them longer, so that a hundred
 *   thousand do not come back for one probe; closing releases them all.
 * - Half-open: one probe is under way, and none other goes until it is over or lost.
 *
 * A result counts only if the circuit did not change between the start of its attempt and now (`era`): an answer that was
 * long under way neither closes a circuit that opened meanwhile nor opens one that has closed again.
 * No timers: time passes when someone asks.
 */
export class EndpointCircuit {
  private phase: Phase = { circuit: 'closed', slowStart: undefined };
  private era = 0;
  private since: number;
  private openedAt: number;
  private openings = 0;
  private readonly breaker: EndpointBreaker;

  /** @param known the circuit to go on with */
  constructor(
    private readonly rules: HealthRules,
    private readonly random: () => number,
    now: number,
    known?: CircuitFacts,
  ) {
    const open = known !== undefined && known.circuit !== 'closed';
    this.breaker = new EndpointBreaker(open ? 'open' : 'closed', known?.consecutiveFailures ?? 0, now);
    this.since = this.openedAt = known?.since ?? now;
    if (!open) return;
    this.era = 1;
    this.openings = Math.max(1, known.openings);
    // A probe that was under way is lost with its owner: the next one is due.
    const nextProbeAt = Math.min(known.nextProbeAt ?? now, now + this.rules.maxOpenMs);
    this.phase = { circuit: 'open', nextProbeAt, awaited: 0 };
  }

  get state(): Circuit {
    return this.phase.circuit;
  }

  get slowlyStarting(): boolean {
    return this.phase.circuit === 'closed' && this.phase.slowStart !== undefined;
  }

  /** Whether forgetting it would lose nothing. */
  quiet(now: number): boolean {
    return this.phase.circuit === 'closed' && !this.phase.slowStart && this.breaker.quiet(now);
  }

  facts(): CircuitFacts {
    const { phase, since, openings, breaker } = this;
    const nextProbeAt = phase.circuit === 'open' ? phase.nextProbeAt : null;
    return { circuit: phase.circuit, since, consecutiveFailures: breaker.consecutiveFailures, openings, nextProbeAt };
  }

  /** Leave for an attempt, or until when (milliseconds since the epoch) there is none. */
  admit(now: number): Trial | { readonly until: number } {
    const { phase } = this;
    switch (phase.circuit) {
      case 'closed':
        if (phase.slowStart?.enter(now) === false) return { until: now + SLOW_START_HOLD_MS + this.upTo(3 * SLOW_START_HOLD_MS) };
        return { probe: false, era: this.era, slowStart: phase.slowStart };
      case 'open':
        if (now >= phase.nextProbeAt) return this.beginProbe(now);
        if (phase.awaited++ < AWAITED) return { until: phase.nextProbeAt };
        return { until: phase.nextProbeAt + this.upTo(openTime(this.openings + 1, this.rules)) };
      case 'half-open':
        if (now < phase.lostAt) return { until: now + this.rules.openMs + this.upTo(this.rules.openMs) };
        this.openAgain(now);
        return this.beginProbe(now);
      default:
        return assertNever(phase);
    }
  }

  settle(trial: Trial, says: Saying, now: number): void {
    trial.slowStart?.leave(now);
    if (trial.era !== this.era || this.phase.circuit === 'open') return;
    if (this.phase.circuit === 'half-open') this.probed(says, now);
    else this.attempted(this.phase.slowStart, says, now);
  }

  /** The attempt was not made; a probe's place is free again. */
  abandon(trial: Trial, now: number): void {
    trial.slowStart?.leave(now);
    if (this.phase.circuit === 'half-open' && trial.era === this.era) this.openAgain(now);
  }

  /** Of an open circuit the next attempt is the probe, whatever its time. */
  probeNow(now: number): void {
    if (this.phase.circuit === 'open' && this.phase.nextProbeAt > now) this.phase = { circuit: 'open', nextProbeAt: now, awaited: 0 };
  }

  /** Closed, with nothing remembered. */
  reset(now: number): void {
    const wasClosed = this.phase.circuit === 'closed';
    this.breaker.reset(now);
    if (!wasClosed) this.closed(now);
  }

  /** Closed, only as if it had been open: few attempts at once at first. */
  startSlowly(now: number): void {
    if (this.phase.circuit === 'closed') this.phase = { circuit: 'closed', slowStart: new SlowStart(now) };
  }

  private attempted(slowStart: SlowStart | undefined, says: Saying, now: number): void {
    if (says === 'works' || says === 'answers') slowStart?.answered();
    if (says === 'fails' || says === 'gone') slowStart?.failed();
    if (slowStart?.over) this.phase = { circuit: 'closed', slowStart: undefined };
    if (says === 'works' || says === 'fails') this.breaker.attempted(says === 'works', now);
    if (says === 'gone') this.breaker.open();
    if (this.breaker.circuit === 'open') this.opened(now);
  }

  private probed(says: Saying, now: number): void {
    if (says === 'nothing') return this.openAgain(now + this.rules.openMs);
    const alive = says === 'works' || says === 'answers';
    this.breaker.attempted(alive, now);
    if (alive) this.closed(now);
    else this.opened(now);
  }

  private beginProbe(now: number): Trial {
    this.breaker.halfOpen();
    const probe = { probe: true, era: this.era + 1 };
    this.since = now;
    this.enter({ circuit: 'half-open', probe, lostAt: now + PROBE_LOST_MS });
    return probe;
  }

  private opened(now: number): void {
    this.openings++;
    this.since = this.openedAt = now;
    this.enter({ circuit: 'open', nextProbeAt: now + openTime(this.openings, this.rules), awaited: 0 });
  }

  /** Back to the opening it was in. */
  private openAgain(nextProbeAt: number): void {
    this.breaker.open();
    this.since = this.openedAt;
    this.enter({ circuit: 'open', nextProbeAt, awaited: 0 });
  }

  private closed(now: number): void {
    this.openings = 0;
    this.since = now;
    this.enter({ circuit: 'closed', slowStart: new SlowStart(now) }, this.breaker.circuit === 'closed');
  }

  private enter(next: Phase, allowed = NEXT[this.phase.circuit].includes(next.circuit)): void {
    if (!allowed) throw new Error(`a circuit does not go from ${this.phase.circuit} to ${next.circuit}`);
    if (next.circuit !== this.breaker.circuit) throw new Error(`the breaker is ${this.breaker.circuit}, its endpoint ${next.circuit}`);
    this.phase = next;
    this.era++;
  }

  private upTo(ms: number): number {
    return Math.floor(this.random() * ms);
  }
}
