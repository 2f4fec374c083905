import * as toHttp from './rpc-to-http.int-fixture.js';
import * as toRpc from './http-to-rpc.int-fixture.js';

type Json = Record<string, unknown>;
interface Asked {
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly body?: Json;
}
interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Json | undefined;
}
interface RpcCall {
  readonly rpc: string;
  readonly request: Json;
  readonly shown?: (message: Json) => Json;
}
type Ask<Call> = (asked: Asked) => Call;

const OPERATIONS = 'OperationService';
const ACCOUNTS = 'AccountService';
const part = (id = ''): string => encodeURIComponent(id);
const http =
  (method: HttpCall['method'], path: (asked: Asked) => string): Ask<HttpCall> =>
  (asked) => {
    const search = new URLSearchParams(asked.query).toString();
    return { method, path: path(asked) + (search === '' ? '' : `?${search}`), body: asked.body };
  };
const rpc =
  (service: string, method: string, request: (asked: Asked) => Json, shown?: (message: Json) => Json): Ask<RpcCall> =>
  (asked) => ({ rpc: `${service}/${method}`, request: request(asked), ...(shown ? { shown } : {}) });
const id = (asked: Asked): Json => ({ id: asked.id ?? '' });

/** What operators and portals ask. */
export const OPERATOR_HTTP = {
  createPortalSession: http('POST', (asked) => `/v1/accounts/${part(asked.id)}/portal-sessions`),
  getSession: http('GET', () => '/v1/session'),
  listDeadLetters: http('GET', () => '/v1/dead-letters'),
  getDeadLetter: http('GET', (asked) => `/v1/dead-letters/${part(asked.id)}`),
  republishDeadLetter: http('POST', (asked) => `/v1/dead-letters/${part(asked.id)}/republish`),
  getLag: http('GET', () => '/v1/operations/lag'),
  listCircuits: http('GET', () => '/v1/operations/circuits'),
  listNotifications: http('GET', () => '/v1/operations/notifications'),
};

export const OPERATOR_RPC: Record<keyof typeof OPERATOR_HTTP, Ask<RpcCall>> = {
  createPortalSession: rpc(
    ACCOUNTS,
    'CreatePortalSession',
    ({ id: accountId, body = {} }) => ({ accountId, ...toRpc.apiKey(body) }),
    toHttp.session,
  ),
  getSession: rpc(
    ACCOUNTS,
    'GetSession',
    () => ({}),
    (answer) => ({ expiresAt: null, ...toHttp.session(answer) }),
  ),
  listDeadLetters: rpc(
    OPERATIONS,
    'ListDeadLetters',
    ({ query = {} }) => toRpc.deadLetterQuery(query),
    toHttp.page('deadLetters', (row) => row),
  ),
  getDeadLetter: rpc(OPERATIONS, 'GetDeadLetter', id),
  republishDeadLetter: rpc(OPERATIONS, 'RepublishDeadLetter', (asked) => ({ ...id(asked), ...asked.body })),
  getLag: rpc(OPERATIONS, 'GetLag', () => ({})),
  listCircuits: rpc(
    OPERATIONS,
    'ListCircuits',
    ({ query = {} }) => toRpc.circuitQuery(query),
    (answer) => ({ ...toHttp.page('circuits', (row) => row)(answer), counts: toHttp.circuitCounts(answer.counts as Json) }),
  ),
  listNotifications: rpc(
    OPERATIONS,
    'ListNotifications',
    ({ query = {} }) => toRpc.mailQuery(query),
    toHttp.page('notifications', (row) => row),
  ),
};
