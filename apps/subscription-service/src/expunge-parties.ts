import type { Secret } from '#libs/kernel';
import type { UnitOfWork } from '#libs/persistence';
import { notificationExpunge } from './notifications/index.js';
import { deadLetterExpunge } from './operator/index.js';
import type { ExpungeParty } from './projector/index.js';

/** Everybody who keeps, beside the history, what tells of an event, a webhook or an account; their schemas are migrated. */
export async function expungeParties(url: Secret, applicationName: string, unitOfWork: UnitOfWork): Promise<ExpungeParty[]> {
  return [await notificationExpunge(url, applicationName, unitOfWork), await deadLetterExpunge(url, applicationName, unitOfWork)];
}
