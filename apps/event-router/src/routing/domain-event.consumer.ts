import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { ReceivedRecord } from '#libs/contracts';
import type { BatchContext, RecordOutcome } from '#libs/messaging';
import { RoutingService } from './routing.service.js';

/** The name of the one subscription: all domain topics have one handler, for an event is routed by its type and not by its topic. */
export const DOMAIN_EVENTS = 'domain-events';

@Controller()
export class DomainEventConsumer {
  constructor(private readonly routing: RoutingService) {}

  @EventPattern<string>(DOMAIN_EVENTS)
  handle(@Payload() records: readonly ReceivedRecord[], @Ctx() context: BatchContext): Promise<RecordOutcome>[] {
    return records.map((record) => this.routing.route(record, context));
  }
}
