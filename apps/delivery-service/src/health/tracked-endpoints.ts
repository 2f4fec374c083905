import type { Circuit, EndpointHealthV1 } from '#libs/contracts';
import type { BatchContext } from '#libs/messaging';
import type { Endpoint } from './endpoint.js';

/** An endpoint in memory, and what it belongs to. */
export interface TrackedEndpoint {
  readonly webhook: { readonly id: string; readonly accountId: string };
  readonly endpoint: Endpoint;
  /** The ownership that it holds for; undefined until a delivery says which. */
  context: BatchContext | undefined;
  /** What was told of it last. */
  told: EndpointHealthV1 | undefined;
}

/**
 * The endpoints in memory, of which there is a bounded number: past it the one that was not used for the longest time
 * goes, closed ones first. Nothing is lost by it but a slow start or a pause, as the rest can be read from the topic.
 */
export class TrackedEndpoints {
  // In order of use; an endpoint moves between the two when it is used next.
  private readonly closed = new Map<string, TrackedEndpoint>();
  private readonly others = new Map<string, TrackedEndpoint>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.closed.size + this.others.size;
  }

  get(webhookId: string): TrackedEndpoint | undefined {
    return this.closed.get(webhookId) ?? this.others.get(webhookId);
  }

  /** Adds it, or notes that it was used. */
  use(tracked: TrackedEndpoint): void {
    const { id } = tracked.webhook;
    this.drop(id);
    while (this.size >= this.most) this.drop((this.closed.keys().next().value ?? this.others.keys().next().value)!);
    (tracked.endpoint.state === 'closed' ? this.closed : this.others).set(id, tracked);
  }

  drop(webhookId: string): void {
    this.closed.delete(webhookId);
    this.others.delete(webhookId);
  }

  /** Forgets those that hold for an ownership that is over. */
  dropAll(context: BatchContext): void {
    for (const tracked of [...this.closed.values(), ...this.others.values()])
      if (tracked.context === context) this.drop(tracked.webhook.id);
  }

  /** Forgets, of those unused for the longest time, the first few that are quiet. */
  sweep(now: number, atMost = 4): void {
    for (const { webhook, endpoint } of [...take(this.closed.values(), atMost)]) if (endpoint.quiet(now)) this.drop(webhook.id);
  }

  count(): Record<Circuit, number> {
    const counts = { closed: this.closed.size, open: 0, 'half-open': 0 };
    for (const { endpoint } of this.others.values()) counts[endpoint.state]++;
    return counts;
  }
}

function* take<T>(values: Iterable<T>, count: number): Generator<T> {
  for (const value of values) {
    if (count-- <= 0) return;
    yield value;
  }
}
