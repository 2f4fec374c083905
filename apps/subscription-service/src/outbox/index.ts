export { OutboxModule } from './outbox.module.js';
export { ServiceOutbox } from './service-outbox.js';
