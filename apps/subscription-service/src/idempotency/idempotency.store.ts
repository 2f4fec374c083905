import type { Transaction } from '#libs/persistence';

export interface CallRef {
  readonly accountId: string;
  readonly key: string;
}

export interface RememberedCall {
  /** As `Idempotency` sealed it. */
  readonly fingerprint: string;
  readonly holder: string;
  /** Sealed; null while the call runs. */
  readonly answer: string | null;
  /** Whether the call that runs has had its time, so that another may take its place. */
  readonly leaseOver: boolean;
}

export type Claim = { readonly startedAt: Date } | { readonly taken: RememberedCall };

/** Which calls with an idempotency key run or have run, over all instances. Times are the database's. */
export abstract class IdempotencyStore {
  /** Takes the key for a call when nobody has it, or when what was remembered has expired. */
  abstract claim(call: CallRef, holder: string, fingerprint: string): Promise<Claim>;

  /** Takes the place of a call whose lease is over. @returns when the first try began; undefined when somebody else was faster */
  abstract takeOver(call: CallRef, from: string, holder: string): Promise<Date | undefined>;

  /** Stores the answer, in the transaction of what it tells about where there is one. @returns false when another call has taken the place */
  abstract finish(call: CallRef, holder: string, answer: string, transaction?: Transaction): Promise<boolean>;

  /** Forgets a call that left nothing behind, so that it can be repeated at once. */
  abstract release(call: CallRef, holder: string): Promise<void>;

  /** Deletes some of what has expired. @returns how many */
  abstract sweep(limit: number): Promise<number>;
}
