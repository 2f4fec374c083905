/** How often something may happen: `perSecond` in the long run, `burst` at once. */
export interface Quota {
  /** 0: without limit. */
  readonly perSecond: number;
  readonly burst: number;
}

/** What is left after one was taken, or that none was left. */
export interface Allowance {
  readonly allowed: boolean;
  /** Whole tokens left. */
  readonly remaining: number;
  /** Seconds until the bucket is full again, rounded up. */
  readonly resetSeconds: number;
  /** Seconds until the next token, rounded up; 0 when there is one. */
  readonly retryAfterSeconds: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

const MAX_BUCKETS = 10_000;

/** One token bucket per name, in bounded number: the one used longest ago is forgotten first, and starts full when it comes back. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly quota: Quota,
    private readonly maxBuckets = MAX_BUCKETS,
  ) {}

  /** @param now milliseconds of a clock that never goes back */
  take(name: string, now: number): Allowance {
    const before = this.tokensOf(name, now);
    const allowed = before >= 1;
    const tokens = allowed ? before - 1 : before;
    this.buckets.delete(name);
    this.buckets.set(name, { tokens, at: now });
    if (this.buckets.size > this.maxBuckets) this.buckets.delete(this.buckets.keys().next().value!);
    return this.allowance(allowed, tokens);
  }

  /** What `take` would answer, without taking. */
  look(name: string, now: number): Allowance {
    const tokens = this.tokensOf(name, now);
    return this.allowance(tokens >= 1, tokens);
  }

  private tokensOf(name: string, now: number): number {
    const bucket = this.buckets.get(name);
    if (!bucket) return this.quota.burst;
    return Math.min(this.quota.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * this.quota.perSecond);
  }

  private allowance(allowed: boolean, tokens: number): Allowance {
    const { perSecond, burst } = this.quota;
    return {
      allowed,
      remaining: Math.floor(tokens),
      resetSeconds: Math.ceil((burst - tokens) / perSecond),
      retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond)),
    };
  }
}
