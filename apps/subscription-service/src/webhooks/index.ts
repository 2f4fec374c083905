export { webhooksApi } from './webhook.openapi.js';
export { resealSecrets } from './reseal-secrets.js';
export { rebuildReadModel } from './rebuild-read-model.js';
export { WebhooksModule } from './webhooks.module.js';
export type { WebhookEvent } from './webhook.events.js';
export { WEBHOOK_EVENTS_TABLE } from './webhook.pg-store.js';
export { WebhookService } from './webhook.service.js';
export { WebhookStore } from './webhook.store.js';
export type { Webhook } from './webhook.js';
