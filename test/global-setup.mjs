// What int-specs and e2e-specs stand on: one broker and one database of their own, unless KAFKA_BROKERS and TEST_DATABASE_URL name others.
// Not TypeScript, since Jest loads it outside its own module system; it uses the built local stack, as `npm test` builds first.
import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STACK = new URL('../dist/tools/local-stack/src/index.js', import.meta.url);

export default async function globalSetup() {
  const wanted = { kafka: !process.env.KAFKA_BROKERS, postgres: !process.env.TEST_DATABASE_URL };
  if (process.env.HOOKSTREAM_TESTS_NO_STACK === '1' || (!wanted.kafka && !wanted.postgres)) return;
  if (!existsSync(STACK)) throw new Error('the local stack is not built: run "npm test", or "npx nest build" before jest');
  const { EmbeddedKafka, EmbeddedPostgres } = await import(STACK.href);
  const dir = mkdtempSync(join(tmpdir(), 'hookstream-tests-'));
  // Under root the database runs as another user, who has to pass through.
  chmodSync(dir, 0o711);
  const stack = { dir };
  globalThis.__hookstreamTestStack = stack;
  // Specs start services some two hundred times.
  process.env.NODE_COMPILE_CACHE ??= join(dir, 'compiled');
  const log = (line) => console.log(line);
  const results = await Promise.allSettled([
    wanted.kafka && EmbeddedKafka.start({ dataDir: join(dir, 'kafka'), port: 0, log }).then((kafka) => (stack.kafka = kafka)),
    wanted.postgres &&
      EmbeddedPostgres.start({ dataDir: join(dir, 'postgres'), port: 0, durable: false, log }).then(
        (postgres) => (stack.postgres = postgres),
      ),
  ]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) {
    const { default: globalTeardown } = await import('./global-teardown.mjs');
    await globalTeardown();
    throw failed.reason;
  }
  if (stack.kafka) process.env.KAFKA_BROKERS = stack.kafka.brokers;
  if (stack.postgres) process.env.TEST_DATABASE_URL = stack.postgres.url;
}
