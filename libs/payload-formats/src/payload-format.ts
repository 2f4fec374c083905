import type { DomainEvent } from '#libs/contracts';

export interface RenderInput {
  readonly event: DomainEvent;
  readonly deliveryId: string;
}

/** One way to write an event as the body of a request. Pure: equal inputs give equal bytes. */
export interface PayloadFormat {
  /** As in a webhook's `payloadFormat`. */
  readonly name: string;
  /** The `content-type` of the request. */
  contentType(event: DomainEvent): string;
  /** @throws AppError `PAYLOAD_NOT_JSON` from a format that reads the data, when it cannot */
  render(input: RenderInput): Buffer;
}
