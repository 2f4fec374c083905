import { Payload } from '@nestjs/microservices';
import { AppError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import {
  type Event,
  type EventServiceController,
  EventServiceControllerMethods,
  type PublishEventRequest,
  type PublishEventResponse,
  type PublishEventsRequest,
  type PublishEventsResponse,
  RpcController,
} from '../grpc/index.js';
import { MAX_BATCH_EVENTS } from './event-body.js';
import { type EventRequest, eventRequestOf } from './event-request.js';
import { faultMessages, givenEvent, resultMessage } from './event.message.js';
import { EventService } from './event.service.js';

@RpcController()
@RequiresScope('events:write')
@EventServiceControllerMethods()
export class EventGrpcController implements EventServiceController {
  constructor(private readonly events: EventService) {}

  async publishEvent(@Payload() { event }: PublishEventRequest, @Caller() caller: Principal): Promise<PublishEventResponse> {
    const { id, warnings } = await this.events.publish(caller, eventRequestOf(givenEvent(event)));
    return { id, warnings: faultMessages(warnings) };
  }

  async publishEvents(@Payload() { events }: PublishEventsRequest, @Caller() caller: Principal): Promise<PublishEventsResponse> {
    const count = events?.length ?? 0;
    if (count === 0 || count > MAX_BATCH_EVENTS) {
      const message = `events must have 1 to ${MAX_BATCH_EVENTS} items`;
      throw validationFailed([{ field: 'events', rule: count === 0 ? 'array-min-size' : 'array-max-size', message }]);
    }
    const results = await this.events.publishBatch(caller, events.map(readItem));
    return { results: results.map(resultMessage) };
  }
}

function readItem(event: Event): EventRequest | AppError {
  try {
    return eventRequestOf(givenEvent(event));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
