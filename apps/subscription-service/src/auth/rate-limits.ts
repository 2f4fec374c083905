import { AppError } from '#libs/kernel';
import type { Access } from './access.js';
import type { Principal } from './principal.js';
import { type Allowance, type Quota, TokenBuckets } from './token-buckets.js';
import './auth.errors.js';

/** What a key has left of the quota that a call counts against. */
export interface KeyAllowance extends Allowance {
  /** Which quota: `events` for publishing events, `api` for everything else. */
  readonly policy: 'api' | 'events';
  readonly quota: Quota;
}

export interface QuotaSettings {
  readonly api: Quota;
  readonly events: Quota;
}

/**
 * How many calls a key may make, on this instance. Publishing events has a quota of its own, so that a flood of events
 * and the management of webhooks never stand in each other's way.
 */
export class RateLimits {
  private readonly buckets: Readonly<Record<keyof QuotaSettings, TokenBuckets>>;

  constructor(private readonly quotas: QuotaSettings) {
    this.buckets = { api: new TokenBuckets(quotas.api), events: new TokenBuckets(quotas.events) };
  }

  /** Counts a call; undefined where there is no limit. Never throws: what is left is told with a refusal too. */
  take(principal: Principal, access: Access): KeyAllowance | undefined {
    const policy = access === 'events:write' ? 'events' : 'api';
    const quota = this.quotas[policy];
    if (quota.perSecond === 0) return undefined;
    return { policy, quota, ...this.buckets[policy].take(principal.keyId ?? principal.actor, performance.now()) };
  }
}

/** @throws AppError `RATE_LIMITED` */
export function refuseBeyond(allowance: KeyAllowance | undefined): void {
  if (allowance === undefined || allowance.allowed) return;
  const { policy, quota, retryAfterSeconds } = allowance;
  const detail = `this key may make ${quota.perSecond} calls a second of the kind "${policy}", ${quota.burst} at once`;
  throw new AppError('RATE_LIMITED', detail, { retryAfterSeconds });
}

/** The headers of draft-ietf-httpapi-ratelimit-headers, as names and values. */
export function rateLimitHeaders({ policy, quota, remaining, resetSeconds }: KeyAllowance): Record<string, string> {
  const windowSeconds = Math.max(1, Math.ceil(quota.burst / quota.perSecond));
  return {
    'ratelimit-policy': `"${policy}";q=${quota.burst};w=${windowSeconds}`,
    ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
  };
}
