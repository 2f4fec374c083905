import { Logger } from '@nestjs/common';
import type { DeliveryCommandV1 } from '#libs/contracts';
import { assertNever, Clock } from '#libs/kernel';
import { DONE, type RecordOutcome } from '#libs/messaging';
import { WebhookLanes } from '../lanes/index.js';
import { Cancellations } from './cancellations.js';
import { DueDeliveries } from '../due/index.js';
import { EndpointHealth } from '../health/index.js';

/** Carries out what was asked of the owner of a webhook's deliveries. All of it may be repeated. */
export class DeliveryCommands {
  private readonly logger = new Logger('commands');

  constructor(
    private readonly health: EndpointHealth,
    private readonly due: DueDeliveries,
    private readonly cancellations: Cancellations,
    private readonly lanes: Pick<WebhookLanes, 'reexamine'>,
    private readonly clock: Clock,
  ) {}

  async carryOut({ command, webhookId, deliveryId, attempt, accountId, actor, requestedAt }: DeliveryCommandV1): Promise<RecordOutcome> {
    this.logger.log({ msg: 'command.received', command, accountId, webhookId, deliveryId, actor });
    switch (command) {
      case 'probe':
        this.health.probe(webhookId);
        // The probe is made by a delivery: one of those that wait must not wait for the end of the pause any more. All of
        // them at once would only be put off again, if it fails.
        if (deliveryId === null) this.due.release(webhookId, { perSecond: 1 });
        else await this.due.expedite(webhookId, deliveryId);
        return DONE;
      case 'reset':
        this.health.reset(webhookId);
        return DONE;
      case 'cancel': {
        const at = this.timeOf(requestedAt);
        // First what is here: it may be sent at any moment, while what is in the table waits.
        this.cancellations.cancel(webhookId, deliveryId, at);
        this.lanes.reexamine(webhookId);
        await this.due.cancel(webhookId, deliveryId, at);
        return DONE;
      }
      case 'expedite':
        await this.due.expedite(webhookId, deliveryId, attempt);
        return DONE;
      default:
        return assertNever(command);
    }
  }

  private timeOf(requestedAt: string): number {
    const at = Date.parse(requestedAt);
    return Number.isNaN(at) ? this.clock.now() : at;
  }
}
