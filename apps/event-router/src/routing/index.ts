export { DOMAIN_EVENTS } from './domain-event.consumer.js';
export { RoutingModule } from './routing.module.js';
