export { Idempotency, type IdempotentRequest, type Once } from './idempotency.js';
export { IdempotencyModule } from './idempotency.module.js';
export { newRepeatableId } from './idempotent-call.js';
