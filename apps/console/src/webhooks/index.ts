export { hourBars, type HourCounts } from './hour-bars';
export { LastEventCell } from './last-event-cell';
export { ReadProblem } from './read-problem';
export { isRoleRequired, RoleRequired } from './role-required';
export { StatusToggle } from './status-toggle';
export { useFoundWebhooks } from './use-found-webhooks';
export { useRoleCheck } from './use-role-check';
export { useSuccessRate } from './success-cell';
