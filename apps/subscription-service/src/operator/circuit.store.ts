import type { Circuit } from '#libs/contracts';
import type { CircuitRow } from '../history-schema/index.js';

export interface CircuitQuery {
  /** Absent: those that are not closed, and of webhooks that were disabled for their failures. */
  readonly circuit?: Circuit | undefined;
  readonly accountId?: string | undefined;
  /** Webhooks after this one in the order of the list: newest first. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The circuit of a webhook that there is. */
export type NamedCircuit = CircuitRow & { readonly webhook_name: string };

/** The circuit breakers as their last records told, over all accounts. */
export abstract class CircuitStore {
  abstract list(query: CircuitQuery): Promise<NamedCircuit[]>;

  /** Of a webhook that has never been sent anything nothing is known: it counts nowhere. */
  abstract counts(accountId: string | undefined): Promise<Readonly<Record<Circuit, number>>>;
}
