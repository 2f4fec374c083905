export { createDataSource, type DatabaseOptions } from './data-source.js';
export { brokenUniqueConstraint, databaseError } from './database-error.js';
export { EventStore, type Append, type StorableEvent, type StoredEvent } from './event-store.js';
export { migrate, migrateDown } from './migrate.js';
export { Outbox, type OutboxRecord } from './outbox.js';
export { OutboxReader, type OutboxReaderOptions, type PendingRecord } from './outbox-reader.js';
export { persistenceErrors } from './persistence.errors.js';
export type { Transaction } from './transaction.js';
export { UnitOfWork } from './unit-of-work.js';
