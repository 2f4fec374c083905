import { CreateAccounts1763640000001 } from './1763640000001-create-accounts.js';
import { CreateWebhookEvents1763640000002 } from './1763640000002-create-webhook-events.js';
import { CreateWebhooks1763640000003 } from './1763640000003-create-webhooks.js';
import { CreateWebhookSecrets1763640000004 } from './1763640000004-create-webhook-secrets.js';
import { CreateOutbox1763640000005 } from './1763640000005-create-outbox.js';
import { AddWebhookLimits1763730000001 } from './1763730000001-add-webhook-limits.js';
import { AddWebhookSearch1763730000002 } from './1763730000002-add-webhook-search.js';
import { CreateAuditLog1763810000001 } from './1763810000001-create-audit-log.js';
import { ExtendAccounts1763810000002 } from './1763810000002-extend-accounts.js';
import { CreateApiKeys1763810000003 } from './1763810000003-create-api-keys.js';
import { AddWebhookFilter1763820000001 } from './1763820000001-add-webhook-filter.js';
import { AddRotatingWebhooksIndex1763820000002 } from './1763820000002-add-rotating-webhooks-index.js';
import { CreateIdempotencyKeys1763840000001 } from './1763840000001-create-idempotency-keys.js';
import { CreateEventTypes1763840000002 } from './1763840000002-create-event-types.js';
import { CreateRedeliveries1763910000001 } from './1763910000001-create-redeliveries.js';
import { ExtendNotificationSettings1763920000001 } from './1763920000001-extend-notification-settings.js';
import { AddWebhookDisabledAt1763940000001 } from './1763940000001-add-webhook-disabled-at.js';

/** In the order in which they run. A merged one is never edited. */
export const migrations = [
  CreateAccounts1763640000001,
  CreateWebhookEvents1763640000002,
  CreateWebhooks1763640000003,
  CreateWebhookSecrets1763640000004,
  CreateOutbox1763640000005,
  AddWebhookLimits1763730000001,
  AddWebhookSearch1763730000002,
  CreateAuditLog1763810000001,
  ExtendAccounts1763810000002,
  CreateApiKeys1763810000003,
  AddWebhookFilter1763820000001,
  AddRotatingWebhooksIndex1763820000002,
  CreateIdempotencyKeys1763840000001,
  CreateEventTypes1763840000002,
  CreateRedeliveries1763910000001,
  ExtendNotificationSettings1763920000001,
  AddWebhookDisabledAt1763940000001,
];
