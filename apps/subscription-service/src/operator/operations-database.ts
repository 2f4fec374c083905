import type { Secret } from '#libs/kernel';
import type { DatabaseOptions } from '#libs/persistence';
import { CreateDeadLetters1763910000011 } from './migrations/1763910000011-create-dead-letters.js';
import { AddLetterSubjects1763930000011 } from './migrations/1763930000011-add-letter-subjects.js';

/**
 * The schema of what operators work on. Not `history`, which can be dropped and made again from Kafka: that a dead letter was
 * published again is known here alone. Whoever reads or writes it may migrate it first.
 */
export function operationsDatabaseOptions(url: Secret, applicationName: string): DatabaseOptions {
  return {
    url: url.reveal(),
    schema: 'operations',
    applicationName,
    migrations: [CreateDeadLetters1763910000011, AddLetterSubjects1763930000011],
    poolSize: 2,
  };
}
