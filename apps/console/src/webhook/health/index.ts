export { HealthBadge } from './health-badge';
export { HealthBanner } from './health-banner';
export { healthState, needsAttention } from './health-state';
export { useHealthWords } from './use-health-words';
