import { Client } from 'pg';
import { eventually } from '#libs/testing';

/** The due table seen from outside, by a session of its own. */
export class DueRows {
  private constructor(private readonly session: Client) {}

  /** Waits until the delivery-service has made its table. */
  static async open(databaseUrl: string): Promise<DueRows> {
    const session = new Client({ connectionString: databaseUrl });
    // The server may be stopped by the test that looks on.
    session.on('error', () => undefined);
    await session.connect();
    await eventually(() => session.query('select from delivery.due limit 1'));
    return new DueRows(session);
  }

  async count(condition = 'true'): Promise<number> {
    const { rows } = await this.session.query<{ count: number }>(`select count(*)::integer as count from delivery.due where ${condition}`);
    return rows[0]!.count;
  }

  /** Waits until so many rows wait for their time. */
  async gathers(rows: number): Promise<void> {
    await eventually(async () => (await this.count('due_at > now()')) >= rows, { timeoutMs: 30_000, intervalMs: 5 });
  }

  /** Waits until one of the rows that wait now is no longer free to be taken: it is claimed, or gone. */
  async taken(): Promise<void> {
    const { rows } = await this.session.query<{ delivery_id: string }>('select delivery_id from delivery.due');
    const ids = rows.map(({ delivery_id }) => delivery_id);
    await eventually(
      async () => {
        const free = await this.session.query('select from delivery.due where delivery_id = any($1::text[]) for update skip locked', [ids]);
        return free.rowCount! < ids.length;
      },
      { timeoutMs: 10_000, intervalMs: 10 },
    );
  }

  /** Until `thaw`, rows can be read and locked, as a claim does, but none can be stored, changed or deleted. */
  async freeze(): Promise<void> {
    await this.session.query('begin');
    await this.session.query('lock table delivery.due in share mode');
  }

  async thaw(): Promise<void> {
    await this.session.query('rollback');
  }

  async close(): Promise<void> {
    await this.session.end().catch(() => undefined);
  }
}
