import type { Secret } from '#libs/kernel';
import { migrate, type UnitOfWork } from '#libs/persistence';
import type { ExpungeParty } from '../projector/index.js';
import { NotificationExpungePgStore } from './notification-expunge.pg-store.js';
import { notificationsDatabaseOptions } from './notifications-database.js';

/** Forgets what notifications know, also where no mails are sent any more. @param unitOfWork over any schema of the database */
export async function notificationExpunge(url: Secret, applicationName: string, unitOfWork: UnitOfWork): Promise<ExpungeParty> {
  await migrate(notificationsDatabaseOptions(url, applicationName));
  return new NotificationExpungePgStore(unitOfWork);
}
