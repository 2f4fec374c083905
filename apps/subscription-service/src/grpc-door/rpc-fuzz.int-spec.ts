import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, grpcAddressOf, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { anyMessage, anyWire } from './message-arbitraries.int-fixture.js';
import { type MessageType, ProtoJson } from './proto-json.int-fixture.js';
import { ReflectedClient } from './reflected-client.int-fixture.js';

const KEY = { authorization: `Bearer ${ADMIN_KEY}` };
const SEED = 20_261_121;
const WEBHOOK = { name: 'first', url: 'http://127.0.0.1:8080/', events: ['*'] };

/** What a server says that did not foresee a request; `UNIMPLEMENTED`: an RPC that the protos promise is not there. */
const FAULTS = ['INTERNAL', 'UNKNOWN', 'UNIMPLEMENTED', 'DEADLINE_EXCEEDED', 'DATA_LOSS', 'UNAVAILABLE'];

describe('whatever comes in over gRPC', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let client: ReflectedClient;
  const ids: string[] = [];

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('rpcfuzz') });
    client = await ReflectedClient.connect(grpcAddressOf(app));
    const made = await client.call<{ webhook: { id: string } }>('hookstream.v1.WebhookService/CreateWebhook', { webhook: WEBHOOK }, KEY);
    const scopes = ['SCOPE_WEBHOOKS_READ'];
    const key = { accountId: 'default', name: 'k', scopes };
    const kept = await client.call<{ apiKey: { id: string } }>('hookstream.v1.AccountService/CreateApiKey', key, KEY);
    ids.push(made.message.webhook.id, kept.message.apiKey.id);
  });
  afterAll(async () => {
    client.close();
    await app.close();
    await database.drop();
  });

  it('is answered by every RPC, never with INTERNAL or UNKNOWN', async () => {
    const json = new ProtoJson(client.definition);
    for (const path of client.methods()) {
      const method = client.method(path);
      const message = anyMessage(json, method.requestType.type as MessageType, ids).map((given) => method.requestSerialize(given));
      const bytes = fc.oneof(
        { weight: 6, arbitrary: message },
        { weight: 2, arbitrary: anyWire },
        fc.uint8Array().map((given) => Buffer.from(given)),
      );
      await fc.assert(
        fc.asyncProperty(bytes, async (request) => {
          const { status, details } = await client.call(path, request, KEY);
          expect({ path, status, details }).not.toMatchObject({ status: expect.stringMatching(new RegExp(`^(${FAULTS.join('|')})$`)) });
          expect(details).not.toMatch(/node_modules|\n\s+at /);
        }),
        { seed: SEED, numRuns: 40 },
      );
    }
  });

  it('as metadata is answered', async () => {
    const value = fc.oneof(fc.constantFrom('', ' ', 'Bearer', 'Bearer  ', '%', '%ff', 'x'.repeat(3_000), '__proto__'), fc.string());
    const name = fc.constantFrom('authorization', 'hookstream-account', 'idempotency-key', 'x-request-id', 'traceparent');
    const headers = fc.dictionary(
      name,
      value.filter((text) => /^[\x20-\x7e]*$/.test(text)),
    );
    await fc.assert(
      fc.asyncProperty(headers, async (given) => {
        const request = { webhook: { ...WEBHOOK, name: uniqueName('n') } };
        const { status } = await client.call('hookstream.v1.WebhookService/CreateWebhook', request, { ...KEY, ...given });
        expect([
          'OK',
          'INVALID_ARGUMENT',
          'UNAUTHENTICATED',
          'NOT_FOUND',
          'ALREADY_EXISTS',
          'RESOURCE_EXHAUSTED',
          'ABORTED',
          'FAILED_PRECONDITION',
        ]).toContain(status);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
