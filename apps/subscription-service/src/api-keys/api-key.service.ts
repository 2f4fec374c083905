import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@nestjs/common';
import { AppError, type Clock, isId, newId, type Secret } from '#libs/kernel';
import type { UnitOfWork } from '#libs/persistence';
import { validationFailed } from '#libs/runtime';
import type { AccountService } from '../accounts/index.js';
import { auditedBy, type AuditEntry } from '../audit/index.js';
import { keyHash, newKeyText, type Principal, type Scope } from '../auth/index.js';
import { type Page, pageOf } from '../http/index.js';
import { type ApiKey, type ApiKeySettings, auditedKey } from './api-key.js';
import type { ApiKeyStore } from './api-key.store.js';
import type { KnownKeys } from './known-keys.js';
import './api-key.errors.js';

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string | null | undefined;
}

export type ApiKeyPatch = { readonly [K in keyof NewApiKey]?: NewApiKey[K] | undefined };

/** A key together with its text, which nobody can ask for again. */
export interface ShownKey {
  readonly apiKey: ApiKey;
  readonly text: Secret;
}

type Versions = readonly number[] | undefined;

/** The commands and questions about the keys of an account, the same for every protocol. Only admins get here. */
export class ApiKeyService {
  private readonly logger = new Logger(ApiKeyService.name);

  constructor(
    private readonly store: ApiKeyStore,
    private readonly accounts: Pick<AccountService, 'get'>,
    private readonly known: KnownKeys,
    private readonly unitOfWork: Pick<UnitOfWork, 'afterCommit'>,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `ACCOUNT_NOT_FOUND`, `VALIDATION_FAILED` */
  async create(caller: Principal, accountId: string, asked: NewApiKey): Promise<ShownKey> {
    const now = this.clock.now();
    const id = newId('key', now);
    const text = newKeyText(id);
    const at = new Date(now).toISOString();
    const apiKey: ApiKey = {
      ...{
        id,
        accountId,
        name: asked.name,
        scopes: [...asked.scopes],
        last4: last4(text),
        expiresAt: this.expiry(asked.expiresAt ?? null),
      },
      ...{ lastUsedAt: null, previousValidUntil: null, version: 1, createdAt: at, updatedAt: at },
    };
    const entry = audited(caller, apiKey, 'api-key.created', null, apiKey);
    if (!(await this.store.insert(apiKey, keyHash(text.reveal()), entry))) {
      throw new AppError('ACCOUNT_NOT_FOUND', 'there is no account with this id');
    }
    this.changed(entry);
    return { apiKey, text };
  }

  /** @throws AppError `ACCOUNT_NOT_FOUND`, `API_KEY_NOT_FOUND` */
  async get(caller: Principal, accountId: string, id: string): Promise<ApiKey> {
    await this.accounts.get(caller, accountId);
    const apiKey = isId('key', id) ? await this.store.find(accountId, id) : undefined;
    if (!apiKey) throw new AppError('API_KEY_NOT_FOUND', 'the account has no API key with this id');
    return apiKey;
  }

  /** Newest first. @throws AppError `ACCOUNT_NOT_FOUND` */
  async list(caller: Principal, accountId: string, asked: { after?: string | undefined; limit: number }): Promise<Page<ApiKey>> {
    await this.accounts.get(caller, accountId);
    return pageOf(await this.store.list(accountId, asked.after, asked.limit + 1), asked.limit, (apiKey) => apiKey.id);
  }

  /** Changes what is named. @throws AppError `API_KEY_STALE`, `VALIDATION_FAILED` and those of `get` */
  async update(caller: Principal, accountId: string, id: string, patch: ApiKeyPatch, versions?: Versions): Promise<ApiKey> {
    const before = await this.at(caller, accountId, id, versions);
    const settings: ApiKeySettings = {
      name: patch.name ?? before.name,
      scopes: patch.scopes ? [...patch.scopes] : before.scopes,
      expiresAt: patch.expiresAt === undefined ? before.expiresAt : this.expiry(patch.expiresAt),
    };
    if (isDeepStrictEqual({ ...before, ...settings }, before)) return before;
    const after: ApiKey = { ...before, ...settings, ...this.next(before) };
    const entry = audited(caller, before, 'api-key.updated', before, after);
    if (!(await this.store.update(before, after, entry))) throw changedMeanwhile();
    this.changed(entry);
    return after;
  }

  /**
   * Gives the key a new text. The one before opens for `overlapSeconds` more, and no longer than the key itself; one from
   * an earlier rotation stops at once.
   * @throws AppError `API_KEY_STALE` and those of `get`
   */
  async rotate(caller: Principal, accountId: string, id: string, overlapSeconds = 0, versions?: Versions): Promise<ShownKey> {
    const before = await this.at(caller, accountId, id, versions);
    const text = newKeyText(id);
    const previousValidUntil = overlapSeconds === 0 ? null : new Date(this.clock.now() + overlapSeconds * 1000).toISOString();
    const apiKey: ApiKey = { ...before, last4: last4(text), previousValidUntil, ...this.next(before) };
    const entry = audited(caller, before, 'api-key.rotated', before, apiKey);
    if (!(await this.store.update(before, apiKey, entry, keyHash(text.reveal())))) throw changedMeanwhile();
    this.changed(entry);
    return { apiKey, text };
  }

  /** On this instance it does not open from now on, on others five seconds later at most. */
  async revoke(caller: Principal, accountId: string, id: string, versions?: Versions): Promise<void> {
    const before = await this.at(caller, accountId, id, versions);
    const entry = audited(caller, before, 'api-key.revoked', before, null);
    if (!(await this.store.delete(before, entry))) throw changedMeanwhile();
    this.changed(entry);
  }

  private async at(caller: Principal, accountId: string, id: string, versions: Versions): Promise<ApiKey> {
    const apiKey = await this.get(caller, accountId, id);
    if (!versions || versions.includes(apiKey.version)) return apiKey;
    throw new AppError('API_KEY_STALE', `the API key is at version ${apiKey.version}: read it again`);
  }

  private expiry(expiresAt: string | null): string | null {
    if (expiresAt === null) return null;
    const time = Date.parse(expiresAt);
    if (time > this.clock.now()) return new Date(time).toISOString();
    throw validationFailed([{ field: 'expiresAt', rule: 'future', message: 'expiresAt must be in the future' }]);
  }

  private next(before: ApiKey): Pick<ApiKey, 'version' | 'updatedAt'> {
    return { version: before.version + 1, updatedAt: new Date(this.clock.now()).toISOString() };
  }

  private changed({ action: msg, subject, accountId, actor }: AuditEntry): void {
    this.unitOfWork.afterCommit(() => {
      this.known.forget(subject!);
      this.logger.log({ msg, accountId, keyId: subject, actor });
    });
  }
}

function audited(caller: Principal, { id, accountId }: ApiKey, action: string, before: ApiKey | null, after: ApiKey | null): AuditEntry {
  return { ...auditedBy(caller), accountId, action, subject: id, before: before && auditedKey(before), after: after && auditedKey(after) };
}

function last4(text: Secret): string {
  return text.reveal().slice(-4);
}

function changedMeanwhile(): AppError {
  return new AppError('CONCURRENT_CHANGE', 'the API key was changed at the same time: read it again');
}
