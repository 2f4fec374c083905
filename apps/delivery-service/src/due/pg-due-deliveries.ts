import { DueDeliveries, type ReleasePace } from './due-deliveries.js';
import type { DueHandler } from './due-handler.js';
import type { DueLoop } from './due-loop.js';
import type { KeptWork } from './kept-work.js';
import type { RecentReleases } from './recent-releases.js';
import type { RowCommands } from './row-commands.js';
import { slowStart } from './slow-start.js';
import type { WebhookRows } from './webhook-rows.pg-store.js';

export class PgDueDeliveries extends DueDeliveries {
  constructor(
    private readonly rows: WebhookRows,
    private readonly handler: DueHandler,
    private readonly work: KeptWork,
    private readonly loop: DueLoop,
    private readonly releases: RecentReleases,
    private readonly commands: RowCommands,
  ) {
    super();
  }

  override release(webhookId: string, pace?: ReleasePace): void {
    this.releases.released(webhookId);
    const release = pace ? () => this.rows.spread(webhookId, slowStart(pace.perSecond)) : () => this.rows.release(webhookId);
    // Refused only when thousands wait for the database; these rows then come when their time does.
    this.soon(`release ${webhookId}`, release).catch(() => undefined);
  }

  override cancel(webhookId: string, deliveryId: string | null, requestedAt: number): Promise<void> {
    return this.work.do(`cancel ${webhookId} ${deliveryId}`, async () => {
      if (deliveryId === null) await this.handler.discardOf(webhookId, null, 'cancelled');
      else await this.commands.carryOut({ command: 'cancel', webhookId, deliveryId, requestedAt });
    });
  }

  override expedite(webhookId: string, deliveryId: string | null, attempt?: number): Promise<void> {
    return this.soon(`expedite ${webhookId} ${deliveryId} ${attempt}`, async () => {
      if (deliveryId === null || attempt === undefined) await this.rows.expedite(webhookId, deliveryId);
      else await this.commands.carryOut({ command: 'expedite', webhookId, deliveryId, attempt });
    });
  }

  private soon(key: string, work: () => Promise<void>): Promise<void> {
    return this.work.do(key, async () => {
      await work();
      this.loop.expect(0);
    });
  }
}
