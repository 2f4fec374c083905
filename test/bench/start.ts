import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Figure } from './figure.js';

const READY = 'Admin API key';
const DEADLINE_MS = 120_000;

/** Seconds from `npm start` to its summary, when every service is ready; everything is installed, built and started once before. */
export async function warmStart(dataDir: string, runs: number): Promise<Figure[]> {
  await startOnce(dataDir);
  const seconds: number[] = [];
  for (let i = 0; i < runs; i++) seconds.push(await startOnce(dataDir));
  return [{ name: 'npm start, warm, to ready', unit: 's', values: seconds, reach: { atMost: 15 } }];
}

async function startOnce(dataDir: string): Promise<number> {
  const [http, grpc, kafka] = [await freePort(), await freePort(), await freePort()];
  const [postgres, mailbox] = [await freePort(), await freePort()];
  const started = performance.now();
  const child = spawn('npm', ['start'], {
    // A process group of its own, so that the signal reaches all of it, as Ctrl-C does.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOOKSTREAM_DATA_DIR: dataDir,
      HTTP_PORT: String(http),
      GRPC_PORT: String(grpc),
      EMBEDDED_KAFKA_PORT: String(kafka),
      EMBEDDED_POSTGRES_PORT: String(postgres),
      MAILBOX_PORT: String(mailbox),
    },
  });
  const ended = once(child, 'close');
  let output = '';
  const ready = new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (output.includes(READY)) resolve((performance.now() - started) / 1000);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => reject(new Error(`npm start ended before it was ready:\n${output}`)));
    setTimeout(() => reject(new Error(`npm start is not ready after ${DEADLINE_MS / 1000} s:\n${output}`)), DEADLINE_MS).unref();
  });
  try {
    return await ready;
  } finally {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGINT');
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
