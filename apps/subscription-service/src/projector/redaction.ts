import type { DeliveryAttemptedV1 } from '#libs/contracts';
import type { Transaction } from '#libs/persistence';

/** Takes out of payloads what the catalog says must not be stored. */
export interface Redaction {
  /** Makes it as the catalog is in this transaction; before anything is stored in it. */
  refresh(transaction: Transaction): Promise<void>;
  /** The data of an event, and whether something was taken out. */
  ofData(eventType: string, data: Buffer): { readonly data: Buffer; readonly redacted: boolean };
  ofAttempt(attempt: DeliveryAttemptedV1): DeliveryAttemptedV1;
}

/** Of each event type, the JSON pointers into its data that name what must not be stored: `[]` of most. */
export interface RedactionRules {
  refresh(transaction: Transaction): Promise<void>;
  of(eventType: string): readonly string[];
}

export const NO_REDACTION: Redaction = {
  refresh: () => Promise.resolve(),
  ofData: (_, data) => ({ data, redacted: false }),
  ofAttempt: (attempt) => attempt,
};
