export { AttemptsModule, type AttemptsOptions } from './attempts.module.js';
export { DELIVERIES_TRANSPORT, DELIVERY_REQUESTS } from './delivery-request.consumer.js';
export { type RetryRules } from './retry-policy.js';
