import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyKeys1763840000001 implements MigrationInterface {
  readonly name = 'CreateIdempotencyKeys1763840000001';

  async up(session: QueryRunner): Promise<void> {
    await session.query(`
      create table subscription.idempotency_keys (
        account_id text collate "C" not null,
        key text collate "C" not null,
        -- ciphertext: a plain hash of a body would let its short secrets be guessed
        fingerprint text not null,
        -- the call that runs; only it may store an answer
        holder text not null,
        lease_until timestamptz not null,
        started_at timestamptz not null,
        expires_at timestamptz not null,
        -- ciphertext; null while the call runs
        answer text,
        constraint idempotency_keys_pkey primary key (account_id, key)
      );
      create index idempotency_keys_expires_at on subscription.idempotency_keys (expires_at);
    `);
  }

  async down(session: QueryRunner): Promise<void> {
    await session.query('drop table subscription.idempotency_keys');
  }
}
