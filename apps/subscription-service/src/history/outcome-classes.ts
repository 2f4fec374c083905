/** How an attempt ended, as charts tell it apart. */
export const OUTCOME_CLASSES = ['success', 'http3xx', 'http4xx', 'http5xx', 'timeout', 'connection', 'policy'] as const;
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number];
