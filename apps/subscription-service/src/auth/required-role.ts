import { AppError } from '#libs/kernel';
import { type Access, needsRole } from './access.js';
import type { AccountDirectory } from './directories.js';
import './auth.errors.js';

/** The rule that webhooks are for accounts with a certain role, where the deployment or the account says so. */
export class RequiredRole {
  /** @param deployment what accounts without a `requiredRole` of their own need; null: nothing */
  constructor(
    private readonly deployment: string | null,
    private readonly accounts: AccountDirectory,
  ) {}

  /** @throws AppError `ROLE_REQUIRED`, `ACCOUNT_NOT_FOUND` for an account that is gone */
  async check(accountId: string, access: Access): Promise<void> {
    if (!needsRole(access)) return;
    const account = await this.accounts.find(accountId);
    if (!account) throw new AppError('ACCOUNT_NOT_FOUND', 'there is no account with this id');
    const role = account.requiredRole ?? this.deployment;
    if (role !== null && !account.roles.includes(role)) {
      throw new AppError('ROLE_REQUIRED', `webhooks need the role ${role}, which the account does not have`);
    }
  }
}
