/** Why an event did not go to a webhook. `unknown`: nothing speaks against it; it may have been changed just then. */
export const MISS_REASONS = ['created-later', 'disabled', 'type', 'channel', 'filter', 'unknown'] as const;
export type MissReason = (typeof MISS_REASONS)[number];
