import { eventually } from '#libs/testing';
import type { FaultRun } from './fault-run.js';

/** Milliseconds from publishing an event to its arrival. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export interface TrickleOptions {
  readonly topic: string;
  readonly type: string;
  readonly everyMs: number;
}

const DEFAULTS: TrickleOptions = { topic: 'orders', type: 'order_created', everyMs: 25 };

/** A light, steady flow of events to one webhook, whose latency must hold whatever else goes on. */
export class Trickle {
  private readonly publishedAt = new Map<string, number>();
  private measuredFrom = 0;
  private closing = false;
  private readonly running: Promise<void>;

  /** @param name of an extra webhook, and of its account */
  constructor(
    private readonly run: FaultRun,
    private readonly name: string,
    private readonly options = DEFAULTS,
  ) {
    this.running = this.flow();
  }

  /** Waits until so many have arrived. */
  async arrive(count: number): Promise<void> {
    await eventually(() => this.arrivals().length >= count);
  }

  /** Only what is published from now on counts for the latency. */
  measure(): void {
    this.measuredFrom = performance.now();
  }

  /** Ends the flow and waits for what is under way; answers how long each event took. */
  async close(): Promise<Latency> {
    this.closing = true;
    await this.running;
    await this.arrive(this.publishedAt.size);
    const taken = this.arrivals(this.measuredFrom).sort((a, b) => a - b);
    const at = (share: number): number => Math.round(taken[Math.min(taken.length - 1, Math.floor(taken.length * share))]!);
    return { count: taken.length, p50: at(0.5), p99: at(0.99), most: at(1) };
  }

  private arrivals(from = 0): number[] {
    return this.run.endpoints.log
      .filter(({ webhook, eventId }) => webhook === this.name && (this.publishedAt.get(eventId) ?? -1) >= from)
      .map(({ eventId, at }) => at - this.publishedAt.get(eventId)!);
  }

  private async flow(): Promise<void> {
    const { topic, type, everyMs } = this.options;
    while (!this.closing && !this.run.closed) {
      const [event] = this.run.scenario.eventsOf(this.name, topic, type, 1);
      this.publishedAt.set(event!.id, performance.now());
      // A test that fails closes the run in the middle of it.
      await this.run.publish([event!]).catch((error: unknown) => (this.run.closed ? undefined : Promise.reject(error as Error)));
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}
