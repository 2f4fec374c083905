import type { Secret } from '#libs/kernel';
import type { DatabaseOptions } from '#libs/persistence';
import { migrations } from './migrations/index.js';
import { WebhookEntity } from './webhooks/webhook.entity.js';

export const APPLICATION_NAME = 'subscription-service';

export function databaseOptions(url: Secret): DatabaseOptions {
  return { url: url.reveal(), schema: 'subscription', applicationName: APPLICATION_NAME, entities: [WebhookEntity], migrations };
}
