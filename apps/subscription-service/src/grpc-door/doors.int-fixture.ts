import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReflectedClient } from './reflected-client.int-fixture.js';
import { type Asked, HTTP_OPERATIONS, type Operation, RPC_OPERATIONS } from './operations.int-fixture.js';

/** What came of an operation, in the words that both doors share. */
export interface Outcome {
  /** The error's code; `OK`. */
  readonly code: string;
  /** HTTP status, or name of the gRPC status. */
  readonly status: string;
  /** Of a refusal: `field: rule`. */
  readonly faults: readonly string[];
  /** The answer as HTTP gives it, an empty one as `null`. */
  readonly body: Record<string, unknown> | null;
}

export interface Door {
  readonly name: 'HTTP' | 'gRPC';
  /** @param headers such as `authorization` */
  ask(operation: Operation, asked: Asked, headers: Record<string, string>): Promise<Outcome>;
}

export function httpDoorOf(app: NestFastifyApplication): Door {
  return {
    name: 'HTTP',
    async ask(operation, asked, headers) {
      const { method, path, body } = HTTP_OPERATIONS[operation](asked);
      const given = { ...headers, ...(asked.ifMatch === undefined ? {} : { 'if-match': asked.ifMatch }) };
      const answer = await app.inject({
        method,
        url: path,
        headers: body === undefined ? given : { ...given, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      const json = answer.body === '' ? null : answer.json<Record<string, unknown>>();
      if (answer.statusCode < 400) return { code: 'OK', status: '200', faults: [], body: json };
      const { code, errors = [] } = json as { code: string; errors?: { field: string; rule: string }[] };
      return { code, status: String(answer.statusCode), faults: errors.map(({ field, rule }) => `${field}: ${rule}`), body: null };
    },
  };
}

export function grpcDoorOf(client: ReflectedClient): Door {
  return {
    name: 'gRPC',
    async ask(operation, asked, headers) {
      const { rpc, request, shown } = RPC_OPERATIONS[operation](asked);
      const sent = asked.ifMatch === undefined ? request : { ...request, ifMatch: asked.ifMatch };
      const { status, code, faults, message, details } = await client.call(`hookstream.v1.${rpc}`, sent, headers);
      if (status !== 'OK') return { code: code ?? details, status, faults, body: null };
      return { code: 'OK', status, faults, body: shown ? shown(message) : null };
    },
  };
}

/** What differs from run to run and from door to door, made the same. */
export function steady(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll(/\b(wh|key|acc|evt|aud|dlv|rdl|pts)_[0-9a-z]{26}/g, '$1_…')
    .replaceAll(/"\d{4}-\d\d-\d\dT[^"]*Z"/g, '"…Z"')
    .replaceAll(
      /"(secret|secretWhsec|secretLast4|key|last4|prefix|requestId|remoteAddress|nextCursor|token|embedPath)":"[^"]*"/g,
      '"$1":"…"',
    );
  return sorted(JSON.parse(text));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
