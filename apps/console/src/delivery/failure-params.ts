import type { AttemptDetail } from '../api';

type Failed = Pick<AttemptDetail, 'failure' | 'statusCode' | 'durationMs' | 'response'>;

export const FAILURE_KINDS = [
  ...['dns', 'connect', 'reset', 'tls', 'timeout', 'redirect', 'unauthorized', 'not-found', 'gone', 'slowed-down'],
  ...['http-4xx', 'http-5xx', 'policy', 'protocol'],
] as const;

/** What the words and the hint of a failure are filled in with; `delivery.failure.<kind>` has the texts. */
export interface FailureText {
  /** Without it the texts of the server are shown as they are: it may know kinds that this console does not. */
  readonly kind: string | undefined;
  /** Of the receiver, where the hint depends on whether it said one. */
  readonly context: 'said' | undefined;
  readonly code: number | null;
  readonly seconds: number;
  readonly said: string;
}

/** Of these the sender knows more than their kind: what is wrong with the certificate, which rule refused the URL. */
const TOLD_BY_SENDER: ReadonlySet<string> = new Set(['tls', 'policy']);

export function failureText({ failure, statusCode, durationMs, response }: Failed): FailureText | undefined {
  if (!failure) return undefined;
  const header = failure.kind === 'redirect' ? 'location' : failure.kind === 'slowed-down' ? 'retry-after' : undefined;
  const said = TOLD_BY_SENDER.has(failure.kind) ? failure.message : header ? headerOf(response?.headers, header) : undefined;
  return {
    kind: FAILURE_KINDS.includes(failure.kind) ? failure.kind : undefined,
    context: said ? 'said' : undefined,
    code: statusCode,
    seconds: Math.max(1, Math.round(durationMs / 1000)),
    said: said ?? '',
  };
}

function headerOf(headers: Readonly<Record<string, string | string[]>> | undefined, wanted: string): string | undefined {
  const [, value] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return [value].flat()[0];
}
