import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { KeyDirectory, type KnownKey, RecentAnswers } from '../auth/index.js';
import type { ApiKeyStore } from './api-key.store.js';

const FLUSH_MS = 1_000;
/** A key's last use is written no more often than this. */
const GRAIN_MS = 60_000;
const MAX_NOTED = 10_000;

/** The keys that were shown a moment ago, and when each was used: written in the background, the last minute lost with the process. */
export class KnownKeys extends KeyDirectory implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(KnownKeys.name);
  private readonly answers: RecentAnswers<KnownKey | undefined>;
  /** When the last use was noted, by key id; in the order of noting. */
  private readonly noted = new Map<string, number>();
  private pending = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: ApiKeyStore,
    private readonly clock: Clock,
  ) {
    super();
    this.answers = new RecentAnswers((id) => this.lookUp(id));
  }

  override find(keyId: string): Promise<KnownKey | undefined> {
    return this.answers.get(keyId);
  }

  /** After a change, so that it holds on this instance at once. */
  forget(keyId: string): void {
    this.answers.forget(keyId);
  }

  override used(keyId: string): void {
    const now = this.clock.now();
    if (now - (this.noted.get(keyId) ?? Number.NEGATIVE_INFINITY) < GRAIN_MS) return;
    this.noted.delete(keyId);
    this.noted.set(keyId, now);
    if (this.noted.size > MAX_NOTED) this.noted.delete(this.noted.keys().next().value!);
    this.pending.set(keyId, now);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.flush(), FLUSH_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.flush();
    await this.writing;
  }

  private flush(): void {
    if (this.pending.size === 0) return;
    const used = this.pending;
    this.pending = new Map();
    this.writing = this.writing
      .then(() => this.store.noteUse(used))
      // Not kept: the next use says more.
      .catch((err: unknown) => this.logger.warn({ msg: 'api-key.use-not-noted', err }));
  }

  private async lookUp(id: string): Promise<KnownKey | undefined> {
    const key = await this.store.lookUp(id);
    if (!key) return undefined;
    const { accountId, scopes, expiresAt, hash, previousHash, previousValidUntil } = key;
    const hashes: KnownKey['hashes'][number][] = [{ hash, until: null }];
    if (previousHash && previousValidUntil) hashes.push({ hash: previousHash, until: Date.parse(previousValidUntil) });
    return { id, accountId, scopes: new Set(scopes), hashes, expiresAt: expiresAt === null ? null : Date.parse(expiresAt) };
  }
}
