import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@nestjs/common';
import { DEFAULT_ACCOUNT } from '#libs/contracts';
import { AppError, type Clock, newId } from '#libs/kernel';
import type { UnitOfWork } from '#libs/persistence';
import { auditedBy } from '../audit/index.js';
import { mayUse, type Principal } from '../auth/index.js';
import { type Page, pageOf } from '../http/index.js';
import { type Account, type AccountPatch, DEFAULT_NOTIFICATIONS, mergeAccount, settingsOf } from './account.js';
import type { AccountStore } from './account.store.js';
import type { KnownAccounts } from './known-accounts.js';
import './account.errors.js';

export interface NewAccount extends AccountPatch {
  readonly id?: string | undefined;
  readonly name: string;
}

export interface ListAccounts {
  readonly q?: string | undefined;
  /** The id after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}

type Versions = readonly number[] | undefined;

/** The commands and questions about accounts, the same for every protocol. Who may ask what at all is the guard's business. */
export class AccountService {
  private readonly logger = new Logger(AccountService.name);

  constructor(
    private readonly store: AccountStore,
    private readonly known: KnownAccounts,
    private readonly unitOfWork: Pick<UnitOfWork, 'afterCommit'>,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `ACCOUNT_ID_TAKEN` */
  async create(caller: Principal, { id = newId('acc', this.clock.now()), ...asked }: NewAccount): Promise<Account> {
    const blank = { name: asked.name, ownerEmail: null, roles: [], requiredRole: null, notifications: DEFAULT_NOTIFICATIONS };
    const now = this.now();
    const account: Account = { id, ...mergeAccount(blank, asked), version: 1, createdAt: now, updatedAt: now };
    const change = { action: 'account.created', accountId: id, subject: id, before: null, after: settingsOf(account) };
    await this.store.insert(account, { ...auditedBy(caller), ...change });
    this.changed(caller, id, change.action);
    return account;
  }

  /** One's own account, or any for an admin. @throws AppError `ACCOUNT_NOT_FOUND` */
  async get(caller: Principal, id: string): Promise<Account> {
    const visible = id === caller.accountId || mayUse(caller.scopes, 'admin');
    const account = visible ? await this.store.find(id) : undefined;
    if (!account) throw new AppError('ACCOUNT_NOT_FOUND', 'there is no account with this id');
    return account;
  }

  /** By id. */
  async list({ q: search, after, limit }: ListAccounts): Promise<Page<Account>> {
    return pageOf(await this.store.list({ search, after, limit: limit + 1 }), limit, (account) => account.id);
  }

  /** Changes what is named. @throws AppError `ACCOUNT_NOT_FOUND`, `ACCOUNT_STALE`, `CONCURRENT_CHANGE` */
  async update(caller: Principal, id: string, patch: AccountPatch, versions?: Versions): Promise<Account> {
    const before = await this.at(caller, id, versions);
    const settings = mergeAccount(settingsOf(before), patch);
    if (isDeepStrictEqual(settings, settingsOf(before))) return before;
    const after: Account = { ...before, ...settings, version: before.version + 1, updatedAt: this.now() };
    const change = { action: 'account.updated', accountId: id, subject: id, before: settingsOf(before), after: settings };
    if (!(await this.store.update(before, after, { ...auditedBy(caller), ...change }))) throw changedMeanwhile();
    this.changed(caller, id, change.action);
    return after;
  }

  /**
   * From now on the account is not there and its keys do not open. Its webhooks are deleted one by one afterwards; until
   * that is done, its id stays taken.
   * @throws AppError `ACCOUNT_NOT_FOUND`, `DEFAULT_ACCOUNT_KEPT`, `ACCOUNT_STALE`, `CONCURRENT_CHANGE`
   */
  async delete(caller: Principal, id: string, versions?: Versions): Promise<void> {
    if (id === DEFAULT_ACCOUNT) throw new AppError('DEFAULT_ACCOUNT_KEPT', 'events without an account belong to the account default');
    const before = await this.at(caller, id, versions);
    const change = { action: 'account.deleted', accountId: id, subject: id, before: settingsOf(before), after: null };
    if (!(await this.store.delete(before, this.now(), { ...auditedBy(caller), ...change }))) throw changedMeanwhile();
    this.changed(caller, id, change.action);
  }

  private async at(caller: Principal, id: string, versions: Versions): Promise<Account> {
    const account = await this.get(caller, id);
    if (!versions || versions.includes(account.version)) return account;
    throw new AppError('ACCOUNT_STALE', `the account is at version ${account.version}: read it again`);
  }

  private changed(caller: Principal, accountId: string, msg: string): void {
    this.unitOfWork.afterCommit(() => {
      this.known.forget(accountId);
      this.logger.log({ msg, accountId, actor: caller.actor });
    });
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

function changedMeanwhile(): AppError {
  return new AppError('CONCURRENT_CHANGE', 'the account was changed at the same time: read it again');
}
