import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { closeAfterTest, closesResources, createDatabase, eventually, kafkaBrokers, uniqueName } from '#libs/testing';
import { ADMIN_KEY } from '../subscription-app.int-fixture.js';

closesResources();

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

// Runs TypeScript sources in a process of their own, as the build would make them: what dies here is the real service.
const LOADER = `
  import { readFileSync, existsSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  import { fileURLToPath } from 'node:url';
  import { transformSync } from '@swc/core';
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith('.') && specifier.endsWith('.js')) {
        const url = new URL(specifier.replace(/[.]js$/, '.ts'), context.parentURL);
        if (existsSync(url)) return { url: url.href, shortCircuit: true };
      }
      return next(specifier, context);
    },
    load(url, context, next) {
      if (!url.endsWith('.ts')) return next(url, context);
      const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), { filename: fileURLToPath(url) });
      return { format: 'module', source: code, shortCircuit: true };
    },
  });`;

interface Service {
  readonly url: string;
  readonly process: ChildProcess;
}

async function startService(env: Record<string, string>): Promise<Service> {
  const loader = `data:text/javascript,${encodeURIComponent(LOADER.replace("'@swc/core'", JSON.stringify(import.meta.resolve('@swc/core'))))}`;
  const child = spawn(process.execPath, ['--conditions=source', '--import', loader, MAIN], {
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'warn', HTTP_PORT: '0', GRPC_PORT: '0', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  closeAfterTest(() => child.kill('SIGKILL'));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { url: `http://127.0.0.1:${port}`, process: child };
}

describe('a create with an idempotency key, when the service is killed', () => {
  async function setUp() {
    const database = await createDatabase();
    closeAfterTest(() => database.drop());
    const env = {
      KAFKA_BROKERS: kafkaBrokers().join(),
      DATABASE_URL: database.url,
      TOPIC_PREFIX: uniqueName('kill'),
      TOPIC_PARTITIONS: '1',
      HOOKSTREAM_MASTER_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      HOOKSTREAM_ADMIN_KEY: ADMIN_KEY,
      EGRESS_ALLOWED_CIDRS: '127.0.0.0/8',
    };
    const client = new Client({ connectionString: database.url });
    await client.connect();
    closeAfterTest(() => client.end());
    const body = { name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'] };
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json', 'idempotency-key': uniqueName('key') };
    const create = ({ url }: Service) => fetch(`${url}/v1/webhooks`, { method: 'POST', headers, body: JSON.stringify(body) });
    const count = async () => (await client.query('select from subscription.webhooks as w where w.name = $1', [body.name])).rowCount;
    return { env, client, create, count };
  }

  it('in the middle of its transaction, leaves nothing, and a repeat creates it', async () => {
    const { env, client, create, count } = await setUp();
    const first = await startService(env);
    // Holds up the last write of the transaction.
    await client.query('begin; lock table subscription.outbox in access exclusive mode');
    const lost = create(first).catch(() => undefined);
    await eventually(async () => {
      const waiting = `select from pg_locks as l where l.relation = 'subscription.outbox'::regclass and not l.granted and l.mode = 'RowExclusiveLock'`;
      return (await client.query(waiting)).rowCount === 1;
    });
    first.process.kill('SIGKILL');
    await lost;
    await client.query('rollback');
    expect(await count()).toBe(0);

    const second = await startService(env);
    const early = await create(second);
    expect([early.status, early.headers.get('retry-after')]).toEqual([409, '1']);
    await client.query('update subscription.idempotency_keys set lease_until = now()'); // half a minute later
    expect((await create(second)).status).toBe(201);
    expect(await count()).toBe(1);
  });

  it('after its commit, gives a repeat the same webhook and secret', async () => {
    const { env, create, count } = await setUp();
    const first = await startService(env);
    const created = await create(first);
    first.process.kill('SIGKILL');
    const again = await create(await startService(env));
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(await again.json()).toEqual(await created.json());
    expect(await count()).toBe(1);
  });
});
