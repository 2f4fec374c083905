import type { Secret } from '#libs/kernel';
import type { DatabaseOptions } from '#libs/persistence';
import { CreateNotifications1763920000001 } from './migrations/1763920000001-create-notifications.js';
import { AddMailEvents1763930000001 } from './migrations/1763930000001-add-mail-events.js';

/** Not `history`, which a rebuild drops: what was told is known here alone. Whoever reads or writes it may migrate it first. */
export function notificationsDatabaseOptions(url: Secret, applicationName: string): DatabaseOptions {
  return {
    url: url.reveal(),
    schema: 'notifications',
    applicationName,
    migrations: [CreateNotifications1763920000001, AddMailEvents1763930000001],
    poolSize: 2,
  };
}
