import type { Transaction } from '#libs/persistence';
import { RedactRuleStore } from './redact-rule.store.js';

export class RedactRulePgStore extends RedactRuleStore {
  override async revision(transaction: Transaction): Promise<number> {
    const [row] = await transaction.query<{ revision: string }[]>('select r.revision from subscription.event_type_revision as r');
    return Number(row!.revision);
  }

  override async all(transaction: Transaction): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await transaction.query<{ name: string; redact: string[] | null }[]>(
      `select distinct on (v.name) v.name, v.definition->'redact' as redact from subscription.event_type_versions as v
        where v.definition is not null order by v.name, v.version desc`,
    );
    return new Map(rows.flatMap(({ name, redact }) => (redact && redact.length > 0 ? [[name, redact] as const] : [])));
  }
}
