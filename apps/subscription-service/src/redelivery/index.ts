export { DeliveryRequests } from './delivery-requests.js';
export { DeliveryRequestsModule } from './delivery-requests.module.js';
export { redeliveryApi } from './redelivery.openapi.js';
export { RedeliveryModule } from './redelivery.module.js';
export { redeliveryErrors } from './redelivery.errors.js';
