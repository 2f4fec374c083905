import type { FieldError } from '#libs/kernel';
import { type Event, type FieldFault, type PublishEventsResult, statusCodeOf, timeOf } from '../grpc/index.js';
import type { GivenEvent } from './event-request.js';
import type { BatchResult } from './event.service.js';
import { resultView } from './event.view.js';

/** The members of an event as they arrived, nothing known of them yet. */
export function givenEvent(message: Event | undefined): GivenEvent {
  const { type, id, time, channelId, context, data } = message ?? {};
  return {
    type,
    id,
    time: time && timeOf(time),
    channelId,
    context: context && Buffer.from(context),
    data: data && Buffer.from(data),
  };
}

export function faultMessages(faults: readonly FieldError[] = []): FieldFault[] {
  return faults.map(({ field, rule, message }) => ({ field, rule, message }));
}

export function resultMessage(result: BatchResult): PublishEventsResult {
  const view = resultView(result);
  if (!('error' in view) || !('error' in result))
    return { accepted: { id: view.id!, warnings: faultMessages('warnings' in view ? view.warnings : []) } };
  const { code, title, detail, errors } = view.error;
  return { rejected: { id: view.id, status: statusCodeOf(result.error), code, title, detail, errors: faultMessages(errors) } };
}
