import type { EntityManager } from 'typeorm';
import type { EventTypeState } from '#libs/catalog';
import type { UnitOfWork } from '#libs/persistence';
import { auditedBy, type AuditLog } from '../audit/index.js';
import type { Principal } from '../auth/index.js';
import type { ServiceOutbox } from '../outbox/index.js';
import { type EventTypeDefinition, type EventTypeVersion, stateOf } from './event-type.js';
import type { EventTypePublisher } from './event-type.publisher.js';
import { type EventTypeChange, type EventTypeDecision, type EventTypeSet, EventTypeStore } from './event-type.store.js';

interface VersionRow {
  readonly name: string;
  readonly version: number;
  readonly definition: EventTypeDefinition | null;
  readonly created_at: Date;
  readonly actor: string;
}

export class EventTypePgStore extends EventTypeStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: ServiceOutbox,
    private readonly publisher: EventTypePublisher,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  override revision(): Promise<number> {
    return this.unitOfWork.read((manager) => revisionOf(manager, ''));
  }

  override all(): Promise<EventTypeSet> {
    // The number first: types that are newer than it are read again after the next look.
    return this.unitOfWork.read(async (manager) => ({ revision: await revisionOf(manager, ''), types: await typesOf(manager) }));
  }

  override async change(
    principal: Principal,
    name: string,
    time: () => string,
    known: number,
    decide: (newer: EventTypeSet | undefined, now: string) => EventTypeDecision,
  ): Promise<EventTypeChange | undefined> {
    const change = await this.unitOfWork.run(async (transaction) => {
      // Held until the commit: nobody else changes a type meanwhile, and revisions are committed in their order.
      const revision = await revisionOf(transaction, 'for update');
      const newer = revision === known ? undefined : { revision, types: await typesOf(transaction) };
      const createdAt = time();
      const definition = decide(newer, createdAt);
      if (definition === undefined) return undefined;
      const version = { name, version: (await lastVersion(transaction, name)) + 1, definition, createdAt, actor: principal.actor };
      await this.write(transaction, version);
      await this.record(transaction, principal, version);
      return { revision: revision + 1, change: version };
    });
    if (change) this.outbox.wake();
    return change;
  }

  override async versions(name: string, before: number | undefined, limit: number): Promise<EventTypeVersion[]> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<VersionRow[]>(
        `select v.name, v.version, v.definition, v.created_at, v.actor from subscription.event_type_versions as v
          where v.name = $1 and ($2::integer is null or v.version < $2) order by v.version desc limit $3`,
        [name, before ?? null, limit],
      ),
    );
    return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.toISOString() }));
  }

  private async record(
    transaction: EntityManager,
    principal: Principal,
    { name, version, definition: after }: EventTypeVersion,
  ): Promise<void> {
    const sql = 'select v.definition from subscription.event_type_versions as v where v.name = $1 and v.version = $2';
    const [last] = await transaction.query<Pick<VersionRow, 'definition'>[]>(sql, [name, version - 1]);
    const before = last?.definition ?? null;
    const action = `event-type.${after === null ? 'deleted' : before === null ? 'created' : 'updated'}`;
    await this.audit.record(transaction, { ...auditedBy(principal), accountId: null, action, subject: name, before, after });
  }

  private async write(transaction: EntityManager, change: EventTypeVersion): Promise<void> {
    const { name, version, definition, createdAt, actor } = change;
    const json = definition && JSON.stringify(definition);
    await transaction.query(
      'insert into subscription.event_type_versions (name, version, definition, actor, created_at) values ($1, $2, $3::json, $4, $5)',
      [name, version, json, actor, createdAt],
    );
    if (json === null) await transaction.query('delete from subscription.event_types as t where t.name = $1', [name]);
    else {
      await transaction.query(
        `insert into subscription.event_types as t (name, version, definition, updated_at) values ($1, $2, $3::json, $4)
         on conflict (name) do update set version = excluded.version, definition = excluded.definition, updated_at = excluded.updated_at`,
        [name, version, json, createdAt],
      );
    }
    await transaction.query('update subscription.event_type_revision as r set revision = r.revision + 1');
    await this.outbox.add(transaction, [this.publisher.record(change)]);
  }
}

async function revisionOf(manager: EntityManager, lock: '' | 'for update'): Promise<number> {
  const [row] = await manager.query<{ revision: string }[]>(`select r.revision from subscription.event_type_revision as r ${lock}`);
  return Number(row!.revision);
}

async function typesOf(manager: EntityManager): Promise<EventTypeState[]> {
  const rows = await manager.query<{ name: string; version: number; definition: EventTypeDefinition; updated_at: Date }[]>(
    'select t.name, t.version, t.definition, t.updated_at from subscription.event_types as t order by t.name',
  );
  return rows.map(({ updated_at, ...row }) => stateOf({ ...row, createdAt: updated_at.toISOString(), actor: '' }));
}

async function lastVersion(manager: EntityManager, name: string): Promise<number> {
  const [row] = await manager.query<{ version: number | null }[]>(
    'select max(v.version) as version from subscription.event_type_versions as v where v.name = $1',
    [name],
  );
  return row!.version ?? 0;
}
