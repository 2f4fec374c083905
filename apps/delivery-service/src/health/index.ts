export { EndpointHealth, type Admission, type AttemptHealth, type Permit } from './endpoint-health.js';
export { EndpointHealthView } from './endpoint-health-view.js';
export { DEFAULT_HEALTH_RULES, type HealthRules } from './health-rules.js';
export { HealthModule, type HealthModuleOptions } from './health.module.js';
