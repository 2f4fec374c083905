import type { WaitCause } from '#libs/contracts';
import { FLOOD_QUEUE, FloodWatch } from './flood-watch.js';
import { RateLimit } from './rate-limit.js';

/** What of a webhook decides how it is worked on. */
export interface LaneRules {
  readonly maxInFlight: number;
  /** Attempts a second; `null`: no limit. */
  readonly perSecond: number | null;
  /** Milliseconds that an attempt may take. */
  readonly timeoutMs: number;
}

/** What wants to enter. */
export interface Load {
  /** What it holds in memory while it waits. */
  readonly bytes: number;
  /** How often it has waited in the due table before. */
  readonly wait: number;
  /** Whether it gives way to all that does not: it was asked for again, and what is new comes first. */
  readonly behind?: boolean;
  /** Once aborted it does not wait here any more: the group of consumers rebalances. */
  readonly draining?: AbortSignal | undefined;
}

/** Not to be attempted here and now: to wait in the due table. */
export interface Away {
  readonly kind: 'away';
  readonly cause: Extract<WaitCause, 'lane-full' | 'rate-limited'>;
  /** Milliseconds since the epoch: about when the lane will have room. */
  readonly dueAt: number;
}

export interface Waiter<T> {
  readonly resolve: (entry: T) => void;
  readonly load: Load;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export const TICK_MS = 50;
/** What gives way has so much of a lane at most, so that there is room at once for what is new, … */
const BEHIND_SHARE = 0.5;
/** … and so many of them wait in memory at most. */
const BEHIND_QUEUE = 100;
/** What would wait longer in memory waits in the due table. */
export const LONGEST_WAIT_MS = 10_000;
/** The same while this process itself is what is slow, which no hand-over would cure. */
export const LONGEST_WAIT_BUSY_MS = 30_000;
/** A lane may hold so many bytes for a second or more; beyond that only what goes sooner. */
const LANE_BYTES = 4 * 1024 * 1024;
const SOON_MS = 1000;
const QUIET_MS = { least: 1000, most: 5000 };
/** How long something stays away the first time, at most; twice as long each time, since nobody tells when a receiver is quick again. */
const AWAY_MS = { least: 2000, first: 5000, most: 900_000 };
/** A pace counts once it was measured for three of these in a row, while work was waiting. */
const MEASURE_MS = 1000;
const MEASURES = 3;
/** Weight of the newest attempt in the mean. */
const NEWEST = 0.2;
const PROVEN_MS = { service: 1000, since: 10_000 };

/** One webhook's attempts: how many run, what waits for them, how fast they end, and since when nothing has. */
export class Lane<T> {
  running = 0;
  /** Of those that run, the ones that give way. */
  runningBehind = 0;
  /** First what is new, then what gives way. */
  waiting: Waiter<T>[] = [];
  waitingBytes = 0;
  /** Waits for room that all webhooks share. */
  starving = false;
  private rateLimit: RateLimit | undefined;
  private serviceMs: number | undefined;
  private endedAt = 0;
  private ended = false;
  private quietTicks = 0;
  private readonly flood = new FloodWatch();
  private endedSinceMeasure = 0;
  private measuredAt = 0;
  private measures = 0;
  private measuredPace = 0;
  /** When all that was handed over so far will have had its turn. */
  private awayUntil = 0;

  constructor(
    readonly accountId: string,
    private rules: LaneRules,
    now: number,
  ) {
    this.follow(rules, now);
  }

  /** The rules may have changed since they were followed last. */
  follow(rules: LaneRules, now: number): void {
    this.rules = rules;
    if (rules.perSecond === null) this.rateLimit = undefined;
    else if (!this.rateLimit) this.rateLimit = new RateLimit(rules.perSecond);
    else if (this.rateLimit.perSecond !== rules.perSecond) this.rateLimit.change(rules.perSecond, now);
  }

  get full(): boolean {
    return this.running >= this.rules.maxInFlight;
  }

  /** Whether there is room for this in the lane itself. */
  fits({ behind = false }: Load): boolean {
    return !this.full && !(behind && this.runningBehind >= Math.max(1, Math.floor(this.rules.maxInFlight * BEHIND_SHARE)));
  }

  /** Whether the next in line could run. */
  get ready(): boolean {
    return this.waiting.length > 0 && this.fits(this.waiting[0]!.load);
  }

  /** How many are in line before this one. */
  ahead({ behind = false }: Load): number {
    return behind ? this.waiting.length : this.firstBehind;
  }

  /** The longest of those in line that give way. */
  get behind(): Waiter<T> | undefined {
    return this.waiting[this.firstBehind];
  }

  private get firstBehind(): number {
    // Nearly always nobody gives way.
    if (!this.waiting.at(-1)?.load.behind) return this.waiting.length;
    return this.waiting.findIndex(({ load }) => load.behind);
  }

  get limited(): boolean {
    return this.rateLimit !== undefined;
  }

  takeToken(now: number): boolean {
    return this.rateLimit === undefined || this.rateLimit.take(now);
  }

  /** An attempt ended, whatever became of it. */
  completed(tookMs: number, now: number): void {
    this.serviceMs = this.serviceMs === undefined ? tookMs : this.serviceMs + (tookMs - this.serviceMs) * NEWEST;
    this.endedAt = now;
    this.ended = true;
    this.endedSinceMeasure++;
    this.quietTicks = 0;
  }

  /** Whether it has shown lately that its attempts end soon. */
  proven(now: number): boolean {
    return this.serviceMs !== undefined && this.serviceMs < PROVEN_MS.service && now - this.endedAt < PROVEN_MS.since;
  }

  queue(waiter: Waiter<T>, now: number): void {
    if (this.waiting.length === 0) {
      // How fast it can work shows only while it has work; before that, its pace is that of what comes.
      this.measures = 0;
      this.measuredAt = now;
      this.endedSinceMeasure = 0;
    }
    if (waiter.load.behind) this.waiting.push(waiter);
    else this.waiting.splice(this.firstBehind, 0, waiter);
    this.waitingBytes += waiter.load.bytes;
  }

  /**
   * Ticks are counted, not time: a process that stood still has seen no attempt end, and that says nothing of the receiver.
   * @param utilization of the event loop since the last tick, 0 to 1
   */
  tick(now: number, utilization: number): void {
    if (this.full && !this.ended) this.quietTicks++;
    this.ended = false;
    // Before the first attempt has ended, it takes at least as long as none has.
    const serviceMs = Math.max(this.serviceMs ?? 0, this.quietTicks * TICK_MS);
    const queued = this.waiting.length;
    const workedMs = this.full ? (queued * serviceMs) / this.rules.maxInFlight : 0;
    const soonestMs = Math.max(workedMs, this.rateLimit?.waitMs(queued, now) ?? 0);
    this.flood.tick({ queued, soonestMs, serviceMs, limited: this.limited }, utilization);
    if (now - this.measuredAt < MEASURE_MS) return;
    const pace = (this.endedSinceMeasure * 1000) / (now - this.measuredAt);
    this.measuredPace = this.measures === 0 ? pace : (this.measuredPace + pace) / 2;
    this.measures++;
    this.measuredAt = now;
    this.endedSinceMeasure = 0;
  }

  /** What waits beyond what a flood of one webhook may hold here. */
  get overflow(): number {
    return this.flood.flooded ? Math.max(0, this.waiting.length - FLOOD_QUEUE) : 0;
  }

  /** Full, and nothing has ended for a time in which something should have. */
  get stuck(): boolean {
    const patience = Math.min(Math.max(1.5 * (this.serviceMs ?? 0), QUIET_MS.least), QUIET_MS.most);
    return this.full && this.quietTicks * TICK_MS >= patience;
  }

  /** Whether one more, or the last of those that wait, should wait in the due table instead, and until when. */
  awayOf(ahead: number, load: Load, longestMs: number, now: number, random: number): Away | undefined {
    const { cause, inMs } = this.expected(ahead + 1, now);
    const { stuck } = this;
    if (load.behind && ahead - this.firstBehind >= BEHIND_QUEUE) return this.away(cause, load.wait, now, random);
    if (this.flood.flooded && ahead >= FLOOD_QUEUE) return this.away(cause, load.wait, now, random);
    const heavy = this.waitingBytes + load.bytes > LANE_BYTES && inMs > SOON_MS;
    return stuck || heavy || inMs > (cause === 'rate-limited' ? LONGEST_WAIT_MS : longestMs)
      ? this.away(stuck ? 'lane-full' : cause, load.wait, now, random)
      : undefined;
  }

  /**
   * A place in the due table: after all that went there before, as far apart as this lane works. With the cause of a rate
   * limit that is exact; else it is a guess, and so jittered and bounded.
   */
  away(cause: Away['cause'], wait: number, now: number, random: number): Away {
    const first = this.stuck ? this.rules.timeoutMs / 2 : this.expected(this.waiting.length + 1, now).inMs;
    const from = Math.max(this.awayUntil, now + Math.max(first, AWAY_MS.least));
    if (cause === 'rate-limited') {
      this.awayUntil = from + 1000 / this.rules.perSecond!;
      return { kind: 'away', cause, dueAt: Math.ceil(from) };
    }
    const longest = Math.min(Math.max(AWAY_MS.first * 2 ** Math.min(wait, 30), this.stuck ? this.rules.timeoutMs : 0), AWAY_MS.most);
    this.awayUntil = Math.min(from + 1000 / this.pace, now + AWAY_MS.most);
    // What would pile up at the furthest place is spread over the half before it.
    const inMs = from - now < longest ? (from - now) * (1 + 0.2 * random) : longest * (0.5 + 0.5 * random);
    return { kind: 'away', cause, dueAt: Math.round(now + inMs) };
  }

  /** Attempts a second that it can make, as far as is known. */
  private get pace(): number {
    const { maxInFlight, timeoutMs, perSecond } = this.rules;
    const possible = (maxInFlight * 1000) / Math.max(1, this.serviceMs ?? timeoutMs);
    const own = this.measures >= MEASURES ? Math.max(this.measuredPace, (maxInFlight * 1000) / timeoutMs) : possible;
    return perSecond === null ? own : Math.min(own, perSecond);
  }

  private expected(place: number, now: number): { cause: Away['cause']; inMs: number } {
    const limitedMs = this.rateLimit?.waitMs(place, now) ?? 0;
    // How long an attempt takes says little of the pace: when this process is busy, all of them take long.
    const workedMs = this.measures < MEASURES ? 0 : (place / this.pace) * 1000;
    return limitedMs >= workedMs && this.rateLimit ? { cause: 'rate-limited', inMs: limitedMs } : { cause: 'lane-full', inMs: workedMs };
  }
}
