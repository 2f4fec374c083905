import type { DueDatabase } from './due-database.js';

/** What was asked about one delivery before its row was there. */
export type EarlyCommand =
  /** Send it now: meant is this attempt, not those that follow it. */
  | { readonly command: 'expedite'; readonly deliveryId: string; readonly webhookId: string; readonly attempt: number }
  /** End it. @property requestedAt milliseconds since the epoch: what is asked for later is new work */
  | { readonly command: 'cancel'; readonly deliveryId: string; readonly webhookId: string; readonly requestedAt: number };

interface Row {
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly command: EarlyCommand['command'];
  readonly attempt: number | null;
  readonly requested_at: number | null;
}

/**
 * Commands that found no row. A failed attempt is told before its delivery is in the due table, so that whoever reads of
 * it may ask for something before there is anything to do it to; and another instance may store the row. Whoever asks
 * keeps the command first and looks at the table again after; whoever stores a row looks here after its commit: one of
 * the two finds the other.
 */
export class EarlyCommands {
  constructor(private readonly database: DueDatabase) {}

  /** A later one about the same takes the place of the one before. */
  async keep(command: EarlyCommand): Promise<void> {
    await this.database.read((transaction) =>
      transaction.query(
        `insert into delivery.early_commands (delivery_id, command, webhook_id, attempt, requested_at)
         values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))
             on conflict (delivery_id, command) do update
            set attempt = excluded.attempt, requested_at = greatest(excluded.requested_at, early_commands.requested_at), kept_at = now()`,
        [
          command.deliveryId,
          command.command,
          command.webhookId,
          command.command === 'expedite' ? command.attempt : null,
          command.command === 'cancel' ? command.requestedAt : null,
        ],
      ),
    );
  }

  /** What was asked about these deliveries. */
  async about(deliveryIds: readonly string[]): Promise<EarlyCommand[]> {
    const rows = await this.database.read((transaction) =>
      transaction.query<Row[]>(
        `select delivery_id, webhook_id, command, attempt, (extract(epoch from requested_at) * 1000)::float8 as requested_at
           from delivery.early_commands where delivery_id = any($1::text[])`,
        [deliveryIds],
      ),
    );
    return rows.map(commandOf);
  }

  /** These are done, or have nothing left to be done to. */
  async forget(commands: readonly EarlyCommand[]): Promise<void> {
    await this.database.read((transaction) =>
      transaction.query(
        `delete from delivery.early_commands e using unnest($1::text[], $2::text[]) as done (delivery_id, command)
          where e.delivery_id = done.delivery_id and e.command = done.command`,
        [commands.map(({ deliveryId }) => deliveryId), commands.map(({ command }) => command)],
      ),
    );
  }

  /** Those kept longer than retries can be on their way: what they were about was under way, and has ended. */
  async forgetOld(): Promise<void> {
    await this.database.read((transaction) =>
      transaction.query(`delete from delivery.early_commands where kept_at < now() - interval '7 days'`),
    );
  }
}

function commandOf({ delivery_id: deliveryId, webhook_id: webhookId, command, attempt, requested_at: requestedAt }: Row): EarlyCommand {
  return command === 'expedite'
    ? { command, deliveryId, webhookId, attempt: attempt! }
    : { command, deliveryId, webhookId, requestedAt: requestedAt! };
}
