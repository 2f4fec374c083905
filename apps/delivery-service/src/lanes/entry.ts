import type { Away, LaneRules, Load } from './lane.js';

export interface LaneRequest extends LaneRules, Load {
  readonly webhookId: string;
  readonly accountId: string;
}

/** The right to make one attempt. */
export interface Pass {
  readonly kind: 'entered';
  /** To be called once. @param attempted false when no attempt was made after all */
  leave(attempted: boolean): void;
}

/**
 * `again`: the webhook has changed, look at it again and enter anew; `draining`: its partition may move, leave it to who
 * reads it next; `closing`: the process ends.
 */
export type Entry = Pass | Away | { readonly kind: 'again' | 'draining' | 'closing' };

/** Calls back every so often until the returned function is called. */
export type Ticker = (tick: () => void) => () => void;
