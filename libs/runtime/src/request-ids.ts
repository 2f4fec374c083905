import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a request is known by in answers and logs. */
export interface RequestIds {
  /** As the caller named it in `x-request-id`, else made here. */
  readonly requestId: string;
  /** Of the trace that the caller's `traceparent` names, else made here. */
  readonly traceId: string;
}

// What a log or a header carries unchanged; anything else is no id that somebody will look for.
const REQUEST_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;

const known = new WeakMap<IncomingMessage, RequestIds>();

/** The same for one request, whoever asks. */
export function requestIdsOf(request: IncomingMessage): RequestIds {
  let ids = known.get(request);
  if (!ids) known.set(request, (ids = read(request)));
  return ids;
}

function read({ headers }: IncomingMessage): RequestIds {
  const requestId = headers['x-request-id'];
  const traceparent = headers['traceparent'];
  const trace = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return {
    requestId: typeof requestId === 'string' && REQUEST_ID.test(requestId) ? requestId : randomUUID(),
    traceId: trace ?? randomBytes(16).toString('hex'),
  };
}
