export { AttemptsModule, type AttemptsOptions } from './attempts.module.js';
export { DELIVERY_REQUESTS } from './delivery-request.consumer.js';
export { IMMEDIATE_DELAYS } from './retry-policy.js';
