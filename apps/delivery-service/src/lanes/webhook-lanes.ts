import type { Clock } from '#libs/kernel';
import type { Entry, LaneRequest, Pass, Ticker } from './entry.js';
import { FairTurns } from './fair-turns.js';
import { KnownLanes } from './known-lanes.js';
import { loopUtilization } from './loop-utilization.js';
import { type Lane, LONGEST_WAIT_BUSY_MS, LONGEST_WAIT_MS, TICK_MS, type Load, type Waiter } from './lane.js';

const AGAIN: Entry = { kind: 'again' };
const CLOSING: Entry = { kind: 'closing' };
const DRAINING: Entry = { kind: 'draining' };
const LATE = 1.2;

const everyTick: Ticker = (tick) => {
  const timer = setInterval(tick, TICK_MS);
  return () => clearInterval(timer);
};

/**
 * A webhook that does not answer fills its own lane and no other. What exceeds a lane waits here, in the order it came,
 * as long as the lane will get to it soon; what would wait longer goes to the due table without an attempt. Room that
 * all webhooks share is given in turn to accounts, and within an account to its webhooks. What was asked for again gives
 * way to what is new: it waits behind it, and never fills the lane.
 */
export class WebhookLanes {
  private readonly lanes = new KnownLanes<Entry>();
  private readonly queued = new Set<Lane<Entry>>();
  private readonly turns: FairTurns<Lane<Entry>>;
  private stopTicking: (() => void) | undefined;
  private closing = false;
  private tickedAt = 0;
  /** Mean of the time between two ticks. */
  private tickMs = TICK_MS;
  private readonly heeded = new WeakSet<AbortSignal>();

  /** @param mostRunning attempts of all webhooks together */
  constructor(
    private readonly clock: Clock,
    mostRunning: number,
    private readonly ticker: Ticker = everyTick,
    private readonly random: () => number = Math.random,
    /** Share of the time since it was asked last in which this process was busy. */
    private readonly utilization: () => number = loopUtilization(),
  ) {
    this.turns = new FairTurns(mostRunning);
  }

  /** A pass at once when there is room, a promise while it waits for its turn. */
  enter(request: LaneRequest): Entry | Promise<Entry> {
    if (this.closing) return CLOSING;
    if (request.draining?.aborted) return DRAINING;
    const now = this.clock.now();
    const lane = this.lanes.of(request, now);
    const ahead = lane.ahead(request);
    if (ahead === 0 && this.mayStart(lane, request, now)) return this.start(lane, request, now);
    const away = lane.awayOf(ahead, request, this.longestMs, now, this.random());
    if (away) return away;
    return new Promise((resolve) => {
      lane.queue({ resolve, load: request, since: now }, now);
      this.queued.add(lane);
      if (request.draining) this.heed(request.draining);
      if (lane.ready) this.turns.starve(lane);
      if (!this.stopTicking) this.beginTicking(now);
    });
  }

  /** The webhook has changed: what waits for its lane shall look at it before it goes on. */
  reexamine(webhookId: string): void {
    const lane = this.lanes.find(webhookId);
    if (lane) this.dismiss(lane, () => AGAIN);
  }

  // One listener for all that wait with the same signal.
  private heed(draining: AbortSignal): void {
    if (this.heeded.has(draining)) return;
    this.heeded.add(draining);
    draining.addEventListener('abort', () => {
      for (const lane of this.queued)
        this.dismiss(
          lane,
          () => DRAINING,
          (load) => load.draining === draining,
        );
    });
  }

  /** Nothing more is begun; what waits is told so. */
  close(): void {
    this.closing = true;
    for (const lane of this.queued) this.dismiss(lane, () => CLOSING);
    this.stopTicking?.();
    this.stopTicking = undefined;
  }

  /** Attempts under way. */
  get running(): number {
    return this.turns.running;
  }

  /** What waits for a lane. */
  get waiting(): number {
    let sum = 0;
    for (const lane of this.queued) sum += lane.waiting.length;
    return sum;
  }

  private mayStart(lane: Lane<Entry>, load: Load, now: number): boolean {
    return lane.fits(load) && this.turns.mayStart(lane, lane.proven(now)) && lane.takeToken(now);
  }

  private start(lane: Lane<Entry>, { behind }: Load, startedAt: number): Pass {
    lane.running++;
    if (behind) lane.runningBehind++;
    this.turns.began(lane);
    let left = false;
    return {
      kind: 'entered',
      leave: (attempted) => {
        if (left) return;
        left = true;
        lane.running--;
        if (behind) lane.runningBehind--;
        this.turns.ended(lane);
        const now = this.clock.now();
        if (attempted) lane.completed(now - startedAt, now);
        this.advance(lane, now);
      },
    };
  }

  // The place goes to the next in line of this lane, unless others have been waiting for any place at all.
  private advance(lane: Lane<Entry>, now: number): void {
    if (this.turns.waiting) {
      if (lane.ready) this.turns.starve(lane);
      this.turns.serve((next) => this.admit(next, now));
    } else while (this.admit(lane, now) === 'started');
    if (lane.ready && !lane.limited) this.turns.starve(lane);
  }

  private admit(lane: Lane<Entry>, now: number): 'started' | 'barred' | 'satisfied' {
    if (!lane.ready) return 'satisfied';
    const { load } = lane.waiting[0]!;
    if (!this.mayStart(lane, load, now)) return 'barred';
    this.release(lane, lane.waiting.shift()!, this.start(lane, load, now));
    return 'started';
  }

  private release(lane: Lane<Entry>, waiter: Waiter<Entry>, entry: Entry): void {
    lane.waitingBytes -= waiter.load.bytes;
    if (lane.waiting.length === 0) this.queued.delete(lane);
    waiter.resolve(entry);
  }

  private dismiss(lane: Lane<Entry>, entryOf: (load: Load) => Entry, concerned: (load: Load) => boolean = () => true): void {
    const all = lane.waiting;
    lane.waiting = all.filter(({ load }) => !concerned(load));
    for (const waiter of all) if (concerned(waiter.load)) this.release(lane, waiter, entryOf(waiter.load));
  }

  private beginTicking(now: number): void {
    this.tickedAt = now;
    this.tickMs = TICK_MS;
    this.stopTicking = this.ticker(() => this.tick());
  }

  /** Late ticks mean that this process has more to do than it can. */
  private get longestMs(): number {
    return this.tickMs > LATE * TICK_MS ? LONGEST_WAIT_BUSY_MS : LONGEST_WAIT_MS;
  }

  private tick(): void {
    const now = this.clock.now();
    this.tickMs += (now - this.tickedAt - this.tickMs) * 0.2;
    this.tickedAt = now;
    const utilization = this.utilization();
    for (const lane of this.queued) {
      lane.tick(now, utilization);
      if (lane.stuck || now - lane.waiting[0]!.since > 2 * this.longestMs) {
        this.dismiss(lane, ({ wait }) => lane.away('lane-full', wait, now, this.random()));
        continue;
      }
      // What is new may never leave room for it.
      if (lane.behind && now - lane.behind.since > this.longestMs)
        this.dismiss(
          lane,
          ({ wait }) => lane.away('lane-full', wait, now, this.random()),
          ({ behind = false }) => behind,
        );
      this.shorten(lane, now);
      if (!lane.starving) while (this.admit(lane, now) === 'started');
    }
    this.turns.serveAll((lane) => this.admit(lane, now));
    if (this.queued.size > 0) return;
    this.stopTicking?.();
    this.stopTicking = undefined;
  }

  // A lane that has become slow gives up the end of its line, with room for its pace to vary.
  private shorten(lane: Lane<Entry>, now: number): void {
    for (let over = lane.overflow; over > 0; over--) {
      const away = lane.awayOf(lane.waiting.length, lane.waiting.at(-1)!.load, this.longestMs, now, this.random());
      if (away) this.release(lane, lane.waiting.pop()!, away);
    }
    while (lane.waiting.length > 0) {
      const away = lane.awayOf(lane.waiting.length / 2, lane.waiting.at(-1)!.load, this.longestMs, now, this.random());
      if (!away) return;
      this.release(lane, lane.waiting.pop()!, away);
    }
  }
}
