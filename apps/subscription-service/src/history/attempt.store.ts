import type { AttemptTrigger, ErrorClass } from '#libs/contracts';
import type { AttemptRow } from '../history-schema/index.js';

/** What a list shows of an attempt. */
export type ListedAttempt = Omit<AttemptRow, 'account_id' | 'circuit' | 'body_key' | 'detail'>;

/** An attempt with everything about it. */
export type FullAttempt = AttemptRow & {
  /** As sent; null when it had none or it is no longer kept: `body_key` tells which. */
  readonly body: Buffer | null;
};

export interface AttemptFilter {
  readonly status?: 'succeeded' | 'failed' | undefined;
  readonly eventType?: string | undefined;
  /** Such as `503`, `5xx` or `none`. */
  readonly code?: string | undefined;
  /** Any of these. */
  readonly errorClasses?: readonly ErrorClass[] | undefined;
  /** Any of these. */
  readonly triggers?: readonly AttemptTrigger[] | undefined;
  /** Made then or later; milliseconds since the epoch. */
  readonly from?: number | undefined;
  /** Made before; milliseconds since the epoch. */
  readonly to?: number | undefined;
  readonly deliveryId?: string | undefined;
  readonly eventId?: string | undefined;
}

export interface AttemptQuery extends AttemptFilter {
  readonly webhookId: string;
  /** Older than this attempt. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Whose attempts are watched. */
export interface AttemptScope {
  readonly accountId: string;
  /** Undefined: of every webhook. */
  readonly webhookId?: string | undefined;
}

/** Where attempts are read. One of another account is not there. */
export abstract class AttemptStore {
  /** Newest first. */
  abstract list(accountId: string, query: AttemptQuery): Promise<ListedAttempt[]>;

  abstract find(accountId: string, id: string): Promise<FullAttempt | undefined>;

  /** The latest attempts of a delivery, oldest first. */
  abstract ofDelivery(
    accountId: string,
    delivery: { readonly id: string; readonly eventId: string; readonly webhookId: string },
    limit: number,
  ): Promise<ListedAttempt[]>;

  /** The latest attempts of all deliveries of an event, oldest first. */
  abstract ofEvent(accountId: string, eventId: string, limit: number): Promise<ListedAttempt[]>;

  /** The ids of the newest attempts after an id, oldest first. */
  abstract idsAfter(scope: AttemptScope, id: string, limit: number): Promise<string[]>;

  /** These attempts, oldest first. */
  abstract byIds(accountId: string, ids: readonly string[]): Promise<ListedAttempt[]>;
}
