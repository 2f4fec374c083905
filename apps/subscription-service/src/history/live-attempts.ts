import { Logger } from '@nestjs/common';
import { AppError, type Clock, isId } from '#libs/kernel';
import { idBound, timeOfId } from '../history-schema/index.js';
import type { AttemptScope, AttemptStore } from './attempt.store.js';
import { attemptView, type AttemptView } from './attempt.view.js';
import './history.errors.js';

/** What somebody who watches is told: an attempt, or that more came than are told one by one. */
export type News = { readonly attempt: AttemptView } | { readonly gap: true };

export interface Watcher {
  readonly told: (news: News) => void;
  /** Its time is over, or the service stops. */
  readonly ended: () => void;
}

export interface LiveAttemptsOptions {
  readonly intervalMs?: number;
  /** After which a watch ends: a key that was revoked does not read on for ever. */
  readonly lifetimeMs?: number;
  readonly mostWatchers?: number;
  readonly mostPerAccount?: number;
}

/**
 * How far back is looked for attempts that were stored later than newer ones: the projector reads partitions on their own.
 * What comes later still is not told.
 */
const LATE_MS = 60_000;
/** How many attempts are looked through, and told, at a time. */
const MOST = { seen: 5_000, told: 200 };
/** How much is told again to who resumes: what was stored after the last attempt may have been made before it. */
const OVERLAP_MS = 5_000;
const RETRY_AFTER_SECONDS = 10;

interface Scene {
  readonly scope: AttemptScope;
  readonly watchers: Set<Watcher>;
  /** Ids told or known from before, oldest first; undefined before the first look. */
  seen: Set<string> | undefined;
}

/** Tells attempts as they are stored. What is watched is looked at once for all who watch it, and not at all when nobody does. */
export class LiveAttempts {
  private readonly logger = new Logger(LiveAttempts.name);
  private readonly scenes = new Map<string, Scene>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly limits: Required<LiveAttemptsOptions>;

  constructor(
    private readonly store: AttemptStore,
    private readonly clock: Clock,
    { intervalMs = 1_000, lifetimeMs = 600_000, mostWatchers = 500, mostPerAccount = 50 }: LiveAttemptsOptions = {},
  ) {
    this.limits = { intervalMs, lifetimeMs, mostWatchers, mostPerAccount };
  }

  /**
   * Tells a watcher of attempts from now on, after those that were made since `lastId` if that is given.
   * @param lastId the last attempt that it knows of; what was made a few seconds before it is told again
   * @returns how to stop it
   * @throws AppError `TOO_MANY_STREAMS`, `DATABASE_UNAVAILABLE`
   */
  async watch(scope: AttemptScope, watcher: Watcher, lastId?: string): Promise<() => void> {
    this.admit(scope);
    const key = `${scope.accountId}\0${scope.webhookId ?? ''}`;
    const scene = this.scenes.get(key) ?? { scope, watchers: new Set(), seen: undefined };
    this.scenes.set(key, scene);
    scene.watchers.add(watcher);
    const lifetime = setTimeout(() => {
      stop();
      watcher.ended();
    }, this.limits.lifetimeMs).unref();
    const stop = (): void => {
      clearTimeout(lifetime);
      scene.watchers.delete(watcher);
      if (scene.watchers.size === 0 && this.scenes.get(key) === scene) this.scenes.delete(key);
    };
    try {
      // Whatever is stored from here on is told by a look; what came before it, here.
      scene.seen ??= new Set(await this.recent(scope));
      if (lastId !== undefined) await this.catchUp(scope, watcher, lastId);
    } catch (error) {
      stop();
      throw error;
    }
    this.schedule();
    return stop;
  }

  /** Ends every watch. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const { watchers } of this.scenes.values()) for (const watcher of watchers) watcher.ended();
    this.scenes.clear();
  }

  private admit({ accountId }: AttemptScope): void {
    const all = [...this.scenes.values()];
    const count = (scenes: readonly Scene[]): number => scenes.reduce((sum, { watchers }) => sum + watchers.size, 0);
    const ofAccount = count(all.filter(({ scope }) => scope.accountId === accountId));
    if (!this.stopped && ofAccount < this.limits.mostPerAccount && count(all) < this.limits.mostWatchers) return;
    throw new AppError('TOO_MANY_STREAMS', 'close a live view or try again later', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }

  private recent(scope: AttemptScope): Promise<string[]> {
    return this.store.idsAfter(scope, idBound('att', this.clock.now() - LATE_MS), MOST.seen);
  }

  private async catchUp(scope: AttemptScope, watcher: Watcher, lastId: string): Promise<void> {
    if (!isId('att', lastId)) return;
    const from = idBound('att', timeOfId(lastId) - OVERLAP_MS);
    const ids = (await this.store.idsAfter(scope, from, MOST.told + 2)).filter((id) => id !== lastId);
    if (ids.length > MOST.told) watcher.told({ gap: true });
    for (const row of await this.store.byIds(scope.accountId, ids.slice(-MOST.told))) watcher.told({ attempt: attemptView(row) });
  }

  private schedule(): void {
    if (this.timer !== undefined || this.stopped) return;
    this.timer = setTimeout(() => void this.look(), this.limits.intervalMs).unref();
  }

  private async look(): Promise<void> {
    for (const scene of [...this.scenes.values()]) {
      await this.lookAt(scene).catch((err: unknown) => this.logger.warn({ msg: 'history.unreadable', ...scene.scope, err }));
    }
    this.timer = undefined;
    if (this.scenes.size > 0) this.schedule();
  }

  private async lookAt(scene: Scene): Promise<void> {
    const { scope, watchers, seen } = scene;
    if (!seen) return;
    const recent = await this.recent(scope);
    const fresh = recent.filter((id) => !seen.has(id));
    scene.seen = new Set(recent);
    const tell = (news: News): void => {
      for (const watcher of watchers) watcher.told(news);
    };
    if (fresh.length > MOST.told) tell({ gap: true });
    for (const row of await this.store.byIds(scope.accountId, fresh.slice(-MOST.told))) tell({ attempt: attemptView(row) });
  }
}
