import type { Transaction, UnitOfWork } from '#libs/persistence';
import { type CallRef, type Claim, IdempotencyStore, type RememberedCall } from './idempotency.store.js';

export interface IdempotencyTimes {
  /** Seconds that an answer is remembered. */
  readonly rememberSeconds: number;
  /** Seconds that a call may run before a repeat of it takes its place; more than any call takes. */
  readonly leaseSeconds: number;
}

interface CallRow {
  readonly fingerprint: string;
  readonly holder: string;
  readonly answer: string | null;
  readonly lease_over: boolean;
}

export class IdempotencyPgStore extends IdempotencyStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly times: IdempotencyTimes,
  ) {
    super();
  }

  override async claim(call: CallRef, holder: string, fingerprint: string): Promise<Claim> {
    for (;;) {
      const startedAt = await this.insert(call, holder, fingerprint);
      if (startedAt) return { startedAt };
      const taken = await this.find(call);
      // Gone in between: the call that had the key has just released it.
      if (taken) return { taken };
    }
  }

  override async takeOver({ accountId, key }: CallRef, from: string, holder: string): Promise<Date | undefined> {
    const [rows] = await this.unitOfWork.read((manager) =>
      manager.query<[{ started_at: Date }[], number]>(
        `update subscription.idempotency_keys as k
            set holder = $4, lease_until = now() + make_interval(secs => $5)
          where k.account_id = $1 and k.key = $2 and k.holder = $3 and k.answer is null and k.lease_until <= now()
         returning k.started_at`,
        [accountId, key, from, holder, this.times.leaseSeconds],
      ),
    );
    return rows[0]?.started_at;
  }

  override async finish({ accountId, key }: CallRef, holder: string, answer: string, transaction?: Transaction): Promise<boolean> {
    const store = (manager: Transaction) =>
      manager.query<[unknown[], number]>(
        `update subscription.idempotency_keys as k set answer = $4
          where k.account_id = $1 and k.key = $2 and k.holder = $3 and k.answer is null`,
        [accountId, key, holder, answer],
      );
    const [, count] = transaction ? await store(transaction) : await this.unitOfWork.read(store);
    return count === 1;
  }

  override async release({ accountId, key }: CallRef, holder: string): Promise<void> {
    await this.unitOfWork.read((manager) =>
      manager.query(
        // A commit of which nobody heard may have stored the answer all the same: then it stays.
        'delete from subscription.idempotency_keys as k where k.account_id = $1 and k.key = $2 and k.holder = $3 and k.answer is null',
        [accountId, key, holder],
      ),
    );
  }

  override async sweep(limit: number): Promise<number> {
    const [, count] = await this.unitOfWork.read((manager) =>
      manager.query<[unknown[], number]>(
        `delete from subscription.idempotency_keys as k
          using (select e.account_id, e.key from subscription.idempotency_keys as e
                  where e.expires_at <= now() order by e.expires_at limit $1 for update skip locked) as expired
          where k.account_id = expired.account_id and k.key = expired.key`,
        [limit],
      ),
    );
    return count;
  }

  private async insert({ accountId, key }: CallRef, holder: string, fingerprint: string): Promise<Date | undefined> {
    const { leaseSeconds, rememberSeconds } = this.times;
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<{ started_at: Date }[]>(
        `insert into subscription.idempotency_keys as k (account_id, key, fingerprint, holder, lease_until, started_at, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(secs => $5), now(), now() + make_interval(secs => $6))
         on conflict (account_id, key) do update
            set fingerprint = excluded.fingerprint, holder = excluded.holder, lease_until = excluded.lease_until,
                started_at = excluded.started_at, expires_at = excluded.expires_at, answer = null
          where k.expires_at <= now()
         returning k.started_at`,
        [accountId, key, fingerprint, holder, leaseSeconds, rememberSeconds],
      ),
    );
    return rows[0]?.started_at;
  }

  private async find({ accountId, key }: CallRef): Promise<RememberedCall | undefined> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<CallRow[]>(
        `select k.fingerprint, k.holder, k.answer, k.lease_until <= now() as lease_over
           from subscription.idempotency_keys as k where k.account_id = $1 and k.key = $2`,
        [accountId, key],
      ),
    );
    const row = rows[0];
    return row && { fingerprint: row.fingerprint, holder: row.holder, answer: row.answer, leaseOver: row.lease_over };
  }
}
