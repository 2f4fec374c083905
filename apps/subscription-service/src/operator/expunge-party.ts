import type { Secret } from '#libs/kernel';
import { migrate, type UnitOfWork } from '#libs/persistence';
import type { ExpungeParty } from '../projector/index.js';
import { DeadLetterExpungePgStore } from './dead-letter-expunge.pg-store.js';
import { operationsDatabaseOptions } from './operations-database.js';

/** Forgets dead letters. @param unitOfWork over any schema of the database */
export async function deadLetterExpunge(url: Secret, applicationName: string, unitOfWork: UnitOfWork): Promise<ExpungeParty> {
  await migrate(operationsDatabaseOptions(url, applicationName));
  return new DeadLetterExpungePgStore(unitOfWork);
}
