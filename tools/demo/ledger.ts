import type { Arrival } from './demo-receiver.js';

/** Ids of events that only find out whether the webhooks are active begin with this. */
export const WARM_UP = 'warm-up-';

/** What was published and what arrived; prints each arrival and, at the end, the sum. */
export class Ledger {
  /** Paths that have received a warm-up event. */
  readonly warmedUp = new Set<string>();
  private readonly publishedAt = new Map<string, number>();
  private readonly arrivals = new Map<string, Arrival[]>();
  private wake: () => void = () => undefined;

  published(eventId: string): void {
    this.publishedAt.set(eventId, performance.timeOrigin + performance.now());
  }

  arrived(arrival: Arrival, describe: (arrival: Arrival) => string): void {
    if (arrival.eventId.startsWith(WARM_UP)) {
      if (arrival.fault === undefined) this.warmedUp.add(arrival.path);
    } else {
      const same = this.arrivals.get(arrival.eventId) ?? [];
      same.push(arrival);
      this.arrivals.set(arrival.eventId, same);
      const verdict = arrival.fault === undefined ? 'signature verified' : `NOT VERIFIED: ${arrival.fault}`;
      console.log(
        `  ${arrival.eventType.padEnd(24)} to ${describe(arrival).padEnd(28)} ${this.latency(arrival).toFixed(0).padStart(5)} ms   ${verdict}`,
      );
    }
    this.wake();
  }

  missing(): number {
    return [...this.publishedAt.keys()].filter((id) => !this.arrivals.has(id)).length;
  }

  /** Resolves when `done` holds after an arrival, or after `timeoutMs` at the latest. */
  async settled(timeoutMs: number, done: () => boolean): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!done()) {
      const left = deadline - performance.now();
      if (left <= 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** @returns the exit code: 0 when each published event arrived once and verified */
  printSummary(): number {
    const all = [...this.arrivals.values()].flat();
    const latencies = all.map((arrival) => this.latency(arrival)).sort((a, b) => a - b);
    const unverified = all.filter((arrival) => arrival.fault !== undefined).length;
    const repeated = all.length - this.arrivals.size;
    const missing = this.missing();
    const at = (share: number): string => (latencies[Math.ceil(share * latencies.length) - 1] ?? 0).toFixed(0);
    console.log(
      `\n${this.publishedAt.size} events published, ${this.arrivals.size} delivered, ${all.length - unverified} verified, ${missing} missing, ${repeated} repeated`,
    );
    console.log(`latency from publish to receiver: median ${at(0.5)} ms, slowest ${at(1)} ms`);
    const passed = missing === 0 && repeated === 0 && unverified === 0;
    console.log(passed ? 'demo passed' : 'demo FAILED');
    return passed ? 0 : 1;
  }

  private latency(arrival: Arrival): number {
    return arrival.at - (this.publishedAt.get(arrival.eventId) ?? arrival.at);
  }
}
