export { Mailbox, type MailboxOptions } from './mailbox/mailbox.js';
export { EmbeddedKafka, type EmbeddedKafkaOptions } from './embedded-kafka.js';
export { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { PortTakenError, StackError } from './stack-error.js';
export { findRunningSystem, type FoundSystem } from './system/running-system.js';
export { startSystem, type RunningSystem } from './system/start-system.js';
export type { StartOptions } from './system/system-options.js';
