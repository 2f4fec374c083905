export { EndpointHealthModule } from './endpoint-health.module.js';
