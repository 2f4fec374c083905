import type { Circuit } from '#libs/contracts';
import type { UnitOfWork } from '#libs/persistence';
import { type CircuitQuery, CircuitStore, type NamedCircuit } from './circuit.store.js';

// What is left of deleted webhooks in the history has no webhook any more.
const CIRCUITS = 'history.circuits as c join subscription.webhooks as w on w.id = c.webhook_id and w.account_id = c.account_id';

export class CircuitPgStore extends CircuitStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async list({ circuit, accountId, after, limit }: CircuitQuery): Promise<NamedCircuit[]> {
    const values: unknown[] = [limit];
    const given = { 'c.circuit =': circuit, 'c.account_id =': accountId, 'c.webhook_id <': after };
    const conditions = Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([condition, value]) => `${condition} $${values.push(value)}`);
    if (circuit === undefined) conditions.push("(c.circuit <> 'closed' or c.auto_disabled is not null)");
    return this.unitOfWork.read((manager) =>
      manager.query<NamedCircuit[]>(
        `select c.*, w.name as webhook_name from ${CIRCUITS}
          ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`} order by c.webhook_id desc limit $1`,
        values,
      ),
    );
  }

  override async counts(accountId: string | undefined): Promise<Readonly<Record<Circuit, number>>> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<{ circuit: Circuit; count: number }[]>(
        `select c.circuit, count(*)::integer as count from ${CIRCUITS} where $1::text is null or c.account_id = $1 group by c.circuit`,
        [accountId ?? null],
      ),
    );
    const none: Record<Circuit, number> = { closed: 0, open: 0, 'half-open': 0 };
    return { ...none, ...Object.fromEntries(rows.map(({ circuit, count }) => [circuit, count])) };
  }
}
