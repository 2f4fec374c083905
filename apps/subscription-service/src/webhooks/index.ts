export { rebuildReadModel } from './rebuild-read-model.js';
export { WebhooksModule } from './webhooks.module.js';
