import { Logger } from '@nestjs/common';
import { cloudEventHeaders, encodeEndpointHealth, ENDPOINT_HEALTH_CHANGED, type EndpointHealthV1, type WireRecord } from '#libs/contracts';
import type { Publisher } from '#libs/messaging';

const SOURCE = 'hookstream/delivery-service';

/**
 * Writes to the compacted topic of endpoint health. Nobody waits for it: a change that is lost with the process costs its
 * next owner a few attempts to find out the same, while waiting would cost every attempt.
 */
export class EndpointHealthPublisher {
  private readonly logger = new Logger('endpoint-health');

  /** @param topic full name */
  constructor(
    private readonly publisher: Publisher,
    private readonly topic: string,
  ) {}

  tell(record: EndpointHealthV1): void {
    this.write(record.webhookId, encodeEndpointHealth(record, SOURCE));
  }

  /** Takes a deleted webhook off the topic. @param now milliseconds since the epoch */
  forget({ webhookId, accountId, version }: EndpointHealthV1, now: number): void {
    const headers = cloudEventHeaders({
      id: `${webhookId}:${nextVersion(version, now)}`,
      source: SOURCE,
      type: ENDPOINT_HEALTH_CHANGED,
      time: new Date(now).toISOString(),
      subject: webhookId,
      accountId,
    });
    this.write(webhookId, { key: webhookId, value: null, headers });
  }

  private write(webhookId: string, record: WireRecord): void {
    this.publisher.publish(this.topic, record).catch((error: unknown) => {
      this.logger.warn({ msg: 'endpoint-health.untold', webhookId, err: error });
    });
  }
}

/**
 * Versions are times where they can be: a new owner of a webhook that has not read the last record of the one before it
 * yet still comes after it.
 */
export function nextVersion(last: number, now: number): number {
  return Math.max(last + 1, now);
}
