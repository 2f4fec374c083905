import { AppError, isId } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import { decodeKeyCursor, type Page, pageOf } from '../http/index.js';
import type { WebhookService } from '../webhooks/index.js';
import { attemptFilterOf, type ListAttemptsDto } from './attempt-filter.dto.js';
import type { AttemptFilter, AttemptStore, ListedAttempt } from './attempt.store.js';
import { type AttemptDetailView, attemptDetailView, attemptView, type AttemptView } from './attempt.view.js';
import './history.errors.js';

/** How many rows an export reads at once. */
const EXPORT_PAGE = 500;

/** The attempts of a webhook, the same for every protocol. */
export class AttemptService {
  constructor(
    private readonly store: AttemptStore,
    private readonly webhooks: Pick<WebhookService, 'get'>,
  ) {}

  /** Newest first. @throws AppError `WEBHOOK_NOT_FOUND`, `VALIDATION_FAILED` of the cursor */
  async list(principal: Principal, webhookId: string, asked: ListAttemptsDto): Promise<Page<AttemptView>> {
    const before = decodeKeyCursor(asked.cursor, (key) => isId('att', key));
    await this.webhooks.get(principal, webhookId);
    const query = { ...attemptFilterOf(asked), webhookId, before, limit: asked.limit + 1 };
    const { data, nextCursor } = pageOf(await this.store.list(principal.accountId, query), asked.limit, ({ id }) => id);
    return { data: data.map(attemptView), nextCursor };
  }

  /**
   * Every attempt that the filters let through, newest first, in portions that are read when they are asked for.
   * @throws AppError `WEBHOOK_NOT_FOUND`, before the first portion
   */
  async export(principal: Principal, webhookId: string, filter: AttemptFilter): Promise<AsyncIterable<readonly AttemptView[]>> {
    await this.webhooks.get(principal, webhookId);
    return this.portions(principal.accountId, webhookId, filter);
  }

  /** @throws AppError `ATTEMPT_NOT_FOUND` */
  async get(principal: Principal, id: string): Promise<AttemptDetailView> {
    const found = isId('att', id) ? await this.store.find(principal.accountId, id) : undefined;
    if (!found) throw new AppError('ATTEMPT_NOT_FOUND', 'there is no attempt with this id');
    return attemptDetailView(found);
  }

  private async *portions(accountId: string, webhookId: string, filter: AttemptFilter): AsyncIterable<readonly AttemptView[]> {
    let before: string | undefined;
    for (;;) {
      const rows: ListedAttempt[] = await this.store.list(accountId, { ...filter, webhookId, before, limit: EXPORT_PAGE });
      if (rows.length > 0) yield rows.map(attemptView);
      if (rows.length < EXPORT_PAGE) return;
      before = rows.at(-1)!.id;
    }
  }
}
