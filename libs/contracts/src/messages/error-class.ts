/** What kind of failure an attempt met; `null` beside a success. */
export const ERROR_CLASSES = [
  'dns',
  'connect',
  'tls',
  'timeout',
  'reset',
  'http_3xx',
  'http_4xx',
  'http_5xx',
  'policy',
  'protocol',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];
