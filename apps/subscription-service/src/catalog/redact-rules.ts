import type { Catalog } from '#libs/catalog';
import type { Transaction } from '#libs/persistence';
import type { RedactRuleStore } from './redact-rule.store.js';

/**
 * The JSON pointers of what must not be stored, by event type: those of files, and those of administrators as they are in the
 * transaction that stores. They are read from the table and not from the topic: no event that was published after a change
 * was answered can then be stored by the rule before it.
 */
export class RedactRules {
  private revision = -1;
  private ofAdministrators: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(
    private readonly files: Pick<Catalog, 'get'>,
    private readonly store: RedactRuleStore,
  ) {}

  /** To be called in each transaction that stores, before anything is asked. @throws AppError `DATABASE_UNAVAILABLE` */
  async refresh(transaction: Transaction): Promise<void> {
    const revision = await this.store.revision(transaction);
    if (revision === this.revision) return;
    this.ofAdministrators = await this.store.all(transaction);
    this.revision = revision;
  }

  /** What a file defines wins, as everywhere. */
  of(eventType: string): readonly string[] {
    return this.files.get(eventType)?.redact ?? this.ofAdministrators.get(eventType) ?? [];
  }
}
