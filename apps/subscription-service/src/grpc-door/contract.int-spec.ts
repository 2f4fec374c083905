import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, grpcAddressOf, routesOf, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { ACCESS_CASES } from './access-cases.int-fixture.js';
import { type Door, grpcDoorOf, httpDoorOf, type Outcome, steady } from './doors.int-fixture.js';
import { EXPUNGE_CASES } from './expunge-cases.int-fixture.js';
import { type Asked, HTTP_OPERATIONS, type Operation, RPC_OPERATIONS } from './operations.int-fixture.js';
import { OPERATOR_CASES } from './operator-cases.int-fixture.js';
import { HISTORY_CASES } from './history-cases.int-fixture.js';
import { OTHER_CASES } from './other-cases.int-fixture.js';
import { ReflectedClient } from './reflected-client.int-fixture.js';
import { SENDING_CASES } from './sending-cases.int-fixture.js';
import type { Cases, Scene } from './scene.int-fixture.js';
import { WEBHOOK_CASES } from './webhook-cases.int-fixture.js';

const CASES: Cases = {
  ...HISTORY_CASES,
  ...WEBHOOK_CASES,
  ...ACCESS_CASES,
  ...OTHER_CASES,
  ...OPERATOR_CASES,
  ...SENDING_CASES,
  ...EXPUNGE_CASES,
};

/** The gRPC statuses that a refusal of HTTP may become; where there are several, the code decides. */
const STATUSES: Record<string, readonly string[]> = {
  200: ['OK'],
  202: ['OK'],
  400: ['INVALID_ARGUMENT'],
  401: ['UNAUTHENTICATED'],
  403: ['PERMISSION_DENIED'],
  404: ['NOT_FOUND'],
  409: ['ALREADY_EXISTS', 'ABORTED', 'FAILED_PRECONDITION'],
  412: ['ABORTED'],
  413: ['RESOURCE_EXHAUSTED'],
  422: ['INVALID_ARGUMENT', 'FAILED_PRECONDITION'],
  429: ['RESOURCE_EXHAUSTED'],
};
const BY_CODE: Record<string, string> = {
  WEBHOOK_NAME_TAKEN: 'ALREADY_EXISTS',
  ACCOUNT_ID_TAKEN: 'ALREADY_EXISTS',
  IDEMPOTENCY_CONFLICT: 'ALREADY_EXISTS',
  EVENT_TYPE_FIXED: 'FAILED_PRECONDITION',
  DEFAULT_ACCOUNT_KEPT: 'FAILED_PRECONDITION',
  ROLE_REQUIRED: 'FAILED_PRECONDITION',
  VALIDATION_FAILED: 'INVALID_ARGUMENT',
};

describe('over HTTP and over gRPC alike', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let client: ReflectedClient;
  const used = new Set<string>();

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('doors') });
    client = await ReflectedClient.connect(grpcAddressOf(app));
  });
  afterAll(async () => {
    client.close();
    await app.close();
    await database.drop();
  });

  /** Plays a case at one door, in an account of its own. */
  async function play(door: Door, scene: Cases[string]): Promise<{ account: string; outcomes: Outcome[] }> {
    const account = uniqueName('acc');
    const admin = { authorization: `Bearer ${ADMIN_KEY}` };
    const outcomes: Outcome[] = [];
    await httpDoorOf(app).ask('createAccount', { body: { id: account, name: 'the account' } }, admin);
    const as =
      (headers: Record<string, string>): Scene['ask'] =>
      async (operation: Operation, asked: Asked = {}) => {
        used.add(RPC_OPERATIONS[operation](asked).rpc);
        const outcome = await door.ask(operation, asked, headers);
        outcomes.push(outcome);
        return outcome.body as never;
      };
    await scene({ account, ask: as({ ...admin, 'hookstream-account': account }), as });
    return { account, outcomes };
  }

  it.each(Object.keys(CASES))('%s', async (name) => {
    const http = await play(httpDoorOf(app), CASES[name]!);
    const grpc = await play(grpcDoorOf(client), CASES[name]!);
    const told = ({ account, outcomes }: typeof http): unknown =>
      steady(
        JSON.parse(JSON.stringify(outcomes.map(({ code, faults, body }) => ({ code, faults, body }))).replaceAll(account, '<account>')),
      );
    expect(told(grpc)).toEqual(told(http));
    for (const [index, { status, code }] of http.outcomes.entries()) {
      const rpc = grpc.outcomes[index]!.status;
      expect(STATUSES[status]).toContain(rpc);
      if (BY_CODE[code]) expect(rpc).toBe(BY_CODE[code]);
    }
  });

  it('every route has its RPC', () => {
    const named = (route: string): string => decodeURIComponent(route).replaceAll(/:\w+/g, ':');
    const operations = Object.values(HTTP_OPERATIONS).map((operation) => operation({ id: ':', keyId: ':' }));
    const known = new Set(operations.map(({ method, path }) => named(`${method} ${path}`)));
    // What the console asks before anybody has signed in is for browsers alone.
    const routes = routesOf(app).filter((route) => / \/v1\/(?!console\/)/.test(route));
    expect(routes.filter((route) => !known.has(named(route)))).toEqual([]);
  });

  it('every RPC stands in a case', () => {
    expect(client.methods().filter((method) => !used.has(method.replace('hookstream.v1.', '')))).toEqual([]);
  });
});
