import type { Asked, Operation } from './operations.int-fixture.js';

type Json = Record<string, unknown>;

/** One account, and the ways to ask about it. */
export interface Scene {
  readonly account: string;
  /** As an admin, for the account. The answer is null when it is refused: the outcome is compared elsewhere. */
  readonly ask: <T = Json>(operation: Operation, asked?: Asked) => Promise<T>;
  /** With headers of one's own. */
  readonly as: (headers: Record<string, string>) => Scene['ask'];
}

/** What is done in each case, by the rule that it shows; every answer and every refusal on the way is compared between the doors. */
export type Cases = Record<string, (scene: Scene) => Promise<void>>;

export const WEBHOOK = { name: 'Billing', url: 'http://127.0.0.1:8080/hooks', events: ['order_created'] };
export const EVENT = { type: 'order_created', id: 'e-1', data: { total: 1.1 } };
export const TYPE = { module: 'orders', label: 'Paid', description: 'An order was paid.', schema: { type: 'object' }, sample: { a: 1 } };
export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
