export { WebhookDirectory } from './webhook-directory.js';
export { MASK, webhookHeaders, type WebhookHeaders } from './webhook-headers.js';
export { type WebhookChange, WebhookView } from './webhook-view.js';
export { Webhook } from './webhook.js';
export { WebhooksModule } from './webhooks.module.js';
