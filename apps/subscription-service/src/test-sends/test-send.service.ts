import { Logger } from '@nestjs/common';
import type { Catalog } from '#libs/catalog';
import { composeId, type Clock } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import { hash } from 'node:crypto';
import type { Principal } from '../auth/index.js';
import { newRepeatableId } from '../idempotency/index.js';
import type { DeliveryRequests } from '../redelivery/index.js';
import type { Webhook } from '../webhooks/index.js';
import type { TestSendRequest } from './test-send-body.js';

/** The type that no topic carries: a webhook gets it as a test alone. */
const TEST_TYPE = 'test.webhook';

/** What is needed of the webhooks. */
export interface TestedWebhooks {
  /** @throws AppError `WEBHOOK_NOT_FOUND` */
  get(principal: Principal, id: string): Promise<Webhook>;
}

export interface TestSend {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly eventType: string;
}

/** Sends tests: one attempt each, on the way of every delivery. Whether the webhook wants such events does not matter. */
export class TestSendService {
  private readonly logger = new Logger(TestSendService.name);

  constructor(
    private readonly webhooks: TestedWebhooks,
    private readonly catalog: Pick<Catalog, 'get' | 'sampleBytes'>,
    private readonly requests: DeliveryRequests,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `WEBHOOK_NOT_FOUND`, `VALIDATION_FAILED` for a type that the catalog lacks, `SENDING_UNAVAILABLE` */
  async send(principal: Principal, webhookId: string, { eventType = TEST_TYPE, data }: TestSendRequest): Promise<TestSend> {
    const webhook = await this.webhooks.get(principal, webhookId);
    const type = this.catalog.get(eventType);
    if (!type) {
      const message = 'the catalog has no event type of this name';
      throw validationFailed([{ field: 'eventType', rule: 'unknown-event-type', message }]);
    }
    // A combined type is what webhooks subscribe to; what they get is one of its members.
    const sent = type.combines[0] ?? type.name;
    const now = this.clock.now();
    const time = new Date(now).toISOString();
    const eventId = newRepeatableId('evt', now);
    const deliveryId = composeId('dlv', now, hash('sha256', `test\0${eventId}\0${webhook.id}`, 'buffer'));
    const { accountId, actor } = principal;
    await this.requests.attempt({
      deliveryId,
      webhookId: webhook.id,
      attempt: 1,
      trigger: 'test',
      wait: 0,
      requestedAt: time,
      past: null,
      event: {
        id: eventId,
        source: `/accounts/${accountId}/tests`,
        type: sent,
        time,
        accountId,
        channelId: webhook.channelId ?? undefined,
        data: data ?? this.catalog.sampleBytes(sent) ?? Buffer.from('{}'),
      },
    });
    this.logger.log({ msg: 'test.sent', accountId, webhookId: webhook.id, deliveryId, eventId, eventType: sent, actor });
    return { deliveryId, eventId, eventType: sent };
  }
}
