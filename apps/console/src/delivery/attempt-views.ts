/** The tabs of an attempt. */
export const ATTEMPT_VIEWS = ['payload', 'headers', 'response', 'timing', 'why'] as const;
export type AttemptView = (typeof ATTEMPT_VIEWS)[number];
