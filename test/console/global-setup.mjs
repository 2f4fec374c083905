// What browser specs stand on: the whole system as `npm start` runs it, with a broker and a database of its own, started once. Each
// spec file works in an account of its own. TEST_CONSOLE_URL, TEST_CONSOLE_ADMIN_KEY, TEST_CONSOLE_BROKERS, TEST_CONSOLE_MAILBOX and
// TEST_CONSOLE_EMBEDDER (the one origin that may show it in a frame, of this machine) name one that runs already.
import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';

const STACK = new URL('../../dist/tools/local-stack/src/index.js', import.meta.url);
const BUILT = new URL('../../dist/apps/console/index.html', import.meta.url);
/** Short, so that a spec sees a delivery end. */
const RETRY_SCHEDULE = '1s,1s,30s';

export default async function globalSetup() {
  if (process.env.HOOKSTREAM_TESTS_NO_STACK === '1') return;
  if (!findChromium()) {
    console.log(
      '\nSKIPPING the console in a real browser: no Chromium is installed here. Set CHROMIUM_PATH, or "apt-get install chromium".\n',
    );
    return;
  }
  if (process.env.TEST_CONSOLE_URL) return;
  if (!existsSync(STACK) || !existsSync(BUILT)) throw new Error('the system is not built: run "npm test" or "npm run build"');
  const { startSystem } = await import(STACK.href);
  const embedder = `http://localhost:${await freePort()}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstream-console-'));
  // Under root the database runs as another user, who has to pass through.
  chmodSync(dataDir, 0o711);
  const { KAFKA_BROKERS: _brokers, DATABASE_URL: _database, ...env } = process.env;
  const system = await startSystem({
    dataDir,
    ports: 'free',
    quiet: true,
    env: {
      ...env,
      RETRY_SCHEDULE,
      LOG_LEVEL: 'warn',
      EGRESS_ALLOWED_CIDRS: '127.0.0.0/8,::1/128',
      CONSOLE_FRAME_ANCESTORS: embedder,
      NODE_OPTIONS: '',
    },
  });
  globalThis.__hookstreamConsoleSystem = { system, dataDir };
  process.env.TEST_CONSOLE_URL = system.httpUrl;
  process.env.TEST_CONSOLE_ADMIN_KEY = system.adminKey;
  process.env.TEST_CONSOLE_BROKERS = system.brokers;
  process.env.TEST_CONSOLE_EMBEDDER = embedder;
  process.env.TEST_CONSOLE_MAILBOX = system.mailboxUrl;
}

/** A port that nobody listens on now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
