import type { RetryScheduledV1 } from '#libs/contracts';
import { latestOf } from './due-delivery.js';
import type { DueHandler } from './due-handler.js';
import type { EarlyCommand, EarlyCommands } from './early-commands.pg-store.js';
import type { WebhookRows } from './webhook-rows.pg-store.js';

/** What is asked about one delivery, whether its row is there already or still on its way. All of it may be repeated. */
export class RowCommands {
  constructor(
    private readonly rows: WebhookRows,
    private readonly handler: DueHandler,
    private readonly early: EarlyCommands,
  ) {}

  /** @throws AppError `DATABASE_UNAVAILABLE` */
  async carryOut(command: EarlyCommand): Promise<void> {
    if (await this.applied(command)) return;
    await this.early.keep(command);
    // It may have been stored before whoever stored it could see the command.
    await this.applied(command);
  }

  /** These rows were stored, and committed. @throws AppError `DATABASE_UNAVAILABLE`; to be called again */
  async stored(retries: readonly RetryScheduledV1[]): Promise<void> {
    const commands = await this.early.about(retries.map(({ delivery }) => delivery.deliveryId));
    if (commands.length === 0) return;
    const stored = latestOf(retries);
    const over = commands.filter((command) => !isAhead(command, stored.get(command.deliveryId)!));
    for (const command of over) if (concerns(command, stored.get(command.deliveryId)!)) await this.applied(command);
    await this.early.forget(over);
  }

  private async applied(command: EarlyCommand): Promise<boolean> {
    const { webhookId, deliveryId } = command;
    if (command.command === 'expedite') return (await this.rows.expedite(webhookId, deliveryId)) > 0;
    return (await this.handler.discardOf(webhookId, deliveryId, 'cancelled')) > 0;
  }
}

function concerns(command: EarlyCommand, { delivery }: RetryScheduledV1): boolean {
  if (command.command === 'expedite') return command.attempt === delivery.attempt;
  return !(Date.parse(delivery.requestedAt) > command.requestedAt);
}

/** Whether it is about an attempt that comes after the one for which this row waits. */
function isAhead(command: EarlyCommand, { delivery }: RetryScheduledV1): boolean {
  return command.command === 'expedite' && command.attempt > delivery.attempt;
}
