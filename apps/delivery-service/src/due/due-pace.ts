import type { Clock } from '#libs/kernel';
import { type Curve, steady } from './slow-start.js';

export interface PaceLimits {
  /** Deliveries that become due again a second, over all webhooks. */
  readonly perSecond: number;
  /** The same for one webhook. */
  readonly perWebhook: number;
}

/** A webhook that was pushed back gets twice as much after each of these without being pushed back again. */
const DOUBLES_IN_MS = 10_000;
const HALVES_IN_MS = 1000;
const LOWEST_RATE = 1;
/** Past this, what is known of webhooks is forgotten: each may burst once more. */
const MAX_WEBHOOKS = 20_000;

interface Bucket {
  tokens: number;
  rate: number;
  /** Milliseconds since the epoch, up to which tokens and rate are worked out. */
  at: number;
  pushedBackAt: number;
}

/**
 * How fast due deliveries go back among the new ones: bounded in all, so that new events are never behind a backlog, and
 * for each webhook, so that the backlog of one holds up nobody else's. A webhook whose lane turns deliveries away gets
 * half as much, as often as it does so in seconds, and slowly more when it no longer does.
 */
export class DuePace {
  private readonly webhooks = new Map<string, Bucket>();
  private readonly all: Bucket;

  constructor(
    private readonly clock: Clock,
    private readonly limits: PaceLimits,
  ) {
    this.all = { tokens: limits.perSecond / 4, rate: limits.perSecond, at: clock.now(), pushedBackAt: 0 };
  }

  /** How many may go now. */
  room(): number {
    // A quarter of a second at once: what was not used while nothing was due is not made up for.
    refill(this.all, this.clock.now(), Math.max(1, this.limits.perSecond / 4));
    return Math.floor(this.all.tokens);
  }

  /** Whether a delivery to this webhook may go now; counts it when it may. */
  admit(webhookId: string): boolean {
    const bucket = this.bucketOf(webhookId);
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    this.all.tokens--;
    return true;
  }

  /** How what is over the limit of a webhook is to be spread; begins when its next second of room is there. */
  curveOf(webhookId: string): Curve {
    return steady(this.bucketOf(webhookId).rate, 1);
  }

  /** A delivery to this webhook was turned away before its attempt. */
  pushedBack(webhookId: string): void {
    const bucket = this.bucketOf(webhookId);
    if (bucket.at - bucket.pushedBackAt < HALVES_IN_MS) return;
    bucket.pushedBackAt = bucket.at;
    bucket.rate = Math.max(LOWEST_RATE, bucket.rate / 2);
    bucket.tokens = Math.min(bucket.tokens, bucket.rate);
  }

  private bucketOf(webhookId: string): Bucket {
    const now = this.clock.now();
    const { perWebhook } = this.limits;
    let bucket = this.webhooks.get(webhookId);
    if (!bucket) {
      if (this.webhooks.size >= MAX_WEBHOOKS) this.webhooks.clear();
      this.webhooks.set(webhookId, (bucket = { tokens: perWebhook, rate: perWebhook, at: now, pushedBackAt: 0 }));
    }
    const calm = Math.max(0, now - Math.max(bucket.at, bucket.pushedBackAt + HALVES_IN_MS));
    bucket.rate = Math.min(perWebhook, bucket.rate * 2 ** (calm / DOUBLES_IN_MS));
    refill(bucket, now, Math.max(1, bucket.rate));
    return bucket;
  }
}

function refill(bucket: Bucket, now: number, most: number): void {
  // A clock that steps back must not take room away for as long as it stepped.
  bucket.tokens = Math.min(most, bucket.tokens + (bucket.rate * Math.max(0, now - bucket.at)) / 1000);
  bucket.at = now;
}
