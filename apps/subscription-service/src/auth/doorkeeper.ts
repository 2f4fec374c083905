import { AppError } from '#libs/kernel';
import type { Access } from './access.js';
import type { Authentication, Presented } from './authentication.js';
import type { Principal } from './principal.js';
import { type KeyAllowance, type RateLimits, refuseBeyond } from './rate-limits.js';
import type { RequiredRole } from './required-role.js';
import { mayUse } from './scopes.js';
import './auth.errors.js';

/** The one order of rules at every door: who it is, whether it comes too often, whether the key may, whether the account may. */
export class Doorkeeper {
  constructor(
    private readonly authentication: Authentication,
    private readonly limits: RateLimits,
    private readonly requiredRole: RequiredRole,
  ) {}

  /**
   * @param access what the route or RPC declares; not `open`
   * @param tell gets what is left of the key's quota, before any refusal but that of the key itself
   * @throws AppError `UNAUTHENTICATED`, `ACCOUNT_NOT_FOUND`, `RATE_LIMITED`, `SCOPE_MISSING`, `ROLE_REQUIRED`, `DATABASE_UNAVAILABLE`
   */
  async enter(access: Access, presented: Presented, tell: (allowance: KeyAllowance) => void = () => undefined): Promise<Principal> {
    const principal = await this.authentication.authenticate(presented);
    const allowance = this.limits.take(principal, access);
    if (allowance) tell(allowance);
    refuseBeyond(allowance);
    if (access !== 'any-key' && access !== 'open' && !mayUse(principal.scopes, access)) {
      throw new AppError('SCOPE_MISSING', `the API key lacks the scope ${access}`);
    }
    await this.requiredRole.check(principal.accountId, access);
    return principal;
  }
}
