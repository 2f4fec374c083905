import type { DeliveryAttemptedV1 } from '#libs/contracts';

/** Takes out of payloads what the catalog says must not be stored. */
export interface Redaction {
  /** The data of an event, and whether something was taken out. */
  ofData(eventType: string, data: Buffer): { readonly data: Buffer; readonly redacted: boolean };
  ofAttempt(attempt: DeliveryAttemptedV1): DeliveryAttemptedV1;
}

export const NO_REDACTION: Redaction = {
  ofData: (_, data) => ({ data, redacted: false }),
  ofAttempt: (attempt) => attempt,
};
