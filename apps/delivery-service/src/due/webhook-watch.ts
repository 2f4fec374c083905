import type { WebhookStateV1 } from '#libs/contracts';
import type { WebhookChange } from '../webhooks/index.js';
import type { DueDeliveries } from './due-deliveries.js';
import type { DueHandler } from './due-handler.js';
import type { KeptWork } from './kept-work.js';
import type { WebhookRows } from './webhook-rows.pg-store.js';

/** What the due table has to know of webhooks. */
export interface KnownWebhooks {
  /** undefined when there is no such webhook; one that is young is waited for. */
  findSoon(id: string): Promise<{ readonly state: WebhookStateV1 } | undefined>;
}

const CHUNK = 500;

/**
 * Follows the webhooks for which deliveries wait: enabled again, they go on, slowly at first; deleted, they end. What changed
 * while nobody watched is found by going through the webhooks of all rows.
 */
export class WebhookWatch {
  constructor(
    private readonly webhooks: KnownWebhooks,
    private readonly due: Pick<DueDeliveries, 'release'>,
    private readonly handler: Pick<DueHandler, 'discardOf'>,
    private readonly rows: Pick<WebhookRows, 'webhooks'>,
    private readonly work: KeptWork,
    /** Deliveries a second of one webhook that is enabled again. */
    private readonly perSecond: number,
  ) {}

  changed({ id, current, previous }: WebhookChange): void {
    if (!previous) return;
    if (!current) this.deleted(id);
    else if (current.status === 'enabled' && previous.status === 'disabled') this.release(id);
  }

  /** A delivery was parked for this webhook: unless it is disabled indeed, nothing will tell that it changed. */
  check(id: string): void {
    void this.settle(id, true);
  }

  /** Goes through the webhooks of all rows, once all webhooks are known. Tried until the database answers. */
  async reconcile(): Promise<void> {
    await this.work.do('reconcile', async () => {
      for (let after = ''; ;) {
        const found = await this.rows.webhooks(after, CHUNK);
        for (const { id, parked } of found) await this.settle(id, parked);
        if (found.length < CHUNK) return;
        after = found.at(-1)!.id;
      }
    });
  }

  private async settle(id: string, parked: boolean): Promise<void> {
    const webhook = await this.webhooks.findSoon(id);
    if (!webhook) this.deleted(id);
    else if (parked && webhook.state.status === 'enabled') this.release(id);
  }

  private release(id: string): void {
    this.due.release(id, { perSecond: this.perSecond });
  }

  private deleted(id: string): void {
    // Refused only when thousands wait for the database: found again when the rows are gone through.
    this.work.do(`deleted ${id}`, () => this.handler.discardOf(id, null, 'webhook_deleted')).catch(() => undefined);
  }
}
