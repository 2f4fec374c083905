import type { DeliveryAttemptedV1, EndpointHealthV1 } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { Transaction } from '#libs/persistence';
import { HistoryListener, type StoredNews } from '../projector/index.js';
import { counts, learnAttempt, learnHealth, type Standing } from './standing.js';
import type { KnownStanding, StandingStore } from './standing.store.js';

interface News {
  readonly accountId: string;
  readonly attempts: DeliveryAttemptedV1[];
  health: EndpointHealthV1 | undefined;
}

/**
 * Notes what a batch of the history tells of webhooks, in the transaction of that batch: no more than two statements while
 * nothing fails. Which mails are due is decided apart, so that neither accounts nor mail servers are waited for here.
 */
export class NotificationListener extends HistoryListener {
  constructor(
    private readonly standings: StandingStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async stored(transaction: Transaction, { attempts, health }: StoredNews): Promise<void> {
    const news = newsByWebhook(attempts.filter(counts), health);
    if (news.size === 0) return;
    const troubled = [...news].filter(([, { attempts: made, health: state }]) => state || made.some(({ status }) => status === 'failed'));
    await this.standings.begin(transaction, new Map(troubled.map(([webhookId, { accountId }]) => [webhookId, accountId])));
    const known = await this.standings.lock(transaction, [...news.keys()]);
    const now = this.clock.now();
    const changed = known.flatMap((before) => {
      const later = after(before, news.get(before.webhookId)!, now);
      return same(before, later) ? [] : [later];
    });
    await this.standings.save(transaction, changed);
  }
}

function newsByWebhook(attempts: readonly DeliveryAttemptedV1[], health: readonly EndpointHealthV1[]): Map<string, News> {
  const news = new Map<string, News>();
  const of = (webhookId: string, accountId: string): News => {
    const known = news.get(webhookId) ?? { accountId, attempts: [], health: undefined };
    news.set(webhookId, known);
    return known;
  };
  for (const attempt of attempts) of(attempt.webhookId, attempt.accountId).attempts.push(attempt);
  for (const state of health) of(state.webhookId, state.accountId).health = state;
  return news;
}

function after(before: KnownStanding, { attempts, health }: News, now: number): KnownStanding {
  let standing: Standing = before.standing;
  for (const attempt of attempts) standing = learnAttempt(standing, attempt);
  if (health) standing = learnHealth(standing, health);
  const failsFirst = !before.standing.gathered && standing.gathered !== null;
  const worksAgain = standing.downSince !== null && standing.lastAttempt?.ok;
  // Failures that join those which wait for their digest change nothing about when it is due.
  const asks = health !== undefined || failsFirst || worksAgain || before.lookAt === null;
  return { ...before, standing, lookAt: asks ? now : before.lookAt };
}

/** Whether it stays as it was but for one more success of a webhook that works. */
function same(before: KnownStanding, { standing, lookAt }: KnownStanding): boolean {
  const works = standing.lastAttempt?.ok && before.standing.lastAttempt?.ok;
  return lookAt === before.lookAt && works === true && standing.downSince === null && standing.gathered === before.standing.gathered;
}
