import { CreateAccounts1763640000001 } from './1763640000001-create-accounts.js';
import { CreateWebhookEvents1763640000002 } from './1763640000002-create-webhook-events.js';
import { CreateWebhooks1763640000003 } from './1763640000003-create-webhooks.js';
import { CreateWebhookSecrets1763640000004 } from './1763640000004-create-webhook-secrets.js';
import { CreateOutbox1763640000005 } from './1763640000005-create-outbox.js';
import { AddWebhookLimits1763730000001 } from './1763730000001-add-webhook-limits.js';
import { AddWebhookSearch1763730000002 } from './1763730000002-add-webhook-search.js';

/** In the order in which they run. A merged one is never edited. */
export const migrations = [
  CreateAccounts1763640000001,
  CreateWebhookEvents1763640000002,
  CreateWebhooks1763640000003,
  CreateWebhookSecrets1763640000004,
  CreateOutbox1763640000005,
  AddWebhookLimits1763730000001,
  AddWebhookSearch1763730000002,
];
