export { connectDueConsumer, startDue } from './due-consumer.js';
export { DueDeliveries, type ReleasePace } from './due-deliveries.js';
export { DueModule, type DueOptions } from './due.module.js';
