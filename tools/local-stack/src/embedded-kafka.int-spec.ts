import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestKafka } from '#libs/testing';
import { isAlive } from '../before-build/process-identity.js';
import { EmbeddedKafka } from './embedded-kafka.js';
import { isPortFree } from './free-port.js';

const TOPIC = 'kept';

let dataDir: string;
let kafka: EmbeddedKafka;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'hookstream-kafka-'));
  kafka = await EmbeddedKafka.start({ dataDir, port: 0 });
});

afterEach(async () => {
  await kafka.stop();
  kafka.destroy();
});

async function values(): Promise<string[]> {
  const client = new TestKafka([kafka.brokers]);
  try {
    const records = await client.waitFor(TOPIC, 2);
    return records.map((record) => String(record.value)).sort();
  } finally {
    await client.close();
  }
}

async function produceTwo(): Promise<void> {
  const client = new TestKafka([kafka.brokers]);
  try {
    await client.createTopic(TOPIC);
    await client.produce(TOPIC, [{ value: 'a' }, { value: 'b'.repeat(2_000_000) }]);
  } finally {
    await client.close();
  }
}

const TWO = ['a', 'b'.repeat(2_000_000)];

describe('EmbeddedKafka', () => {
  it('keeps records over a kill, on the same port', async () => {
    await produceTwo();
    const { brokers, pid } = kafka;
    await kafka.kill();
    expect(isAlive(pid)).toBe(false);
    await kafka.restart();
    expect(kafka.brokers).toBe(brokers);
    expect(await values()).toEqual(TWO);
  });

  it('keeps records over a stop and a new start over the same folder', async () => {
    await produceTwo();
    const { brokers } = kafka;
    await kafka.stop();
    kafka = await EmbeddedKafka.start({ dataDir, port: 0 });
    expect(kafka.brokers).toBe(brokers);
    expect(await values()).toEqual(TWO);
  });

  it('leaves no process and no open port when stopped', async () => {
    const { pid, brokers } = kafka;
    await kafka.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await isPortFree(Number(brokers.split(':')[1]))).toBe(true);
  });

  it('refuses a second start over the same folder, naming the process', async () => {
    await expect(EmbeddedKafka.start({ dataDir, port: 0 })).rejects.toThrow(`process ${kafka.pid}`);
  });

  it('names the port when another program has it', async () => {
    await kafka.stop();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      await expect(EmbeddedKafka.start({ dataDir, port })).rejects.toThrow(`port ${port} for the embedded Kafka is taken`);
    } finally {
      server.close();
    }
  });

  it('ends the broker that a dead launcher left behind', async () => {
    await produceTwo();
    const { pid } = kafka;
    disownBroker();
    kafka = await EmbeddedKafka.start({ dataDir, port: 0 });
    expect(isAlive(pid)).toBe(false);
    expect(await values()).toEqual(TWO);
  });

  it('leaves a stranger alone that was given the recorded process id', async () => {
    await kafka.stop();
    const stranger = spawn('sleep', ['60']);
    writeFileSync(join(dataDir, 'broker.json'), JSON.stringify({ server: { pid: stranger.pid }, owner: { pid: 999_999_999 } }));
    kafka = await EmbeddedKafka.start({ dataDir, port: 0 });
    expect(isAlive(stranger.pid!)).toBe(true);
    stranger.kill();
  });
});

/** Makes the running broker look as if its launcher had died. */
function disownBroker(): void {
  const file = join(dataDir, 'broker.json');
  const record = JSON.parse(readFileSync(file, 'utf8')) as { owner: { pid: number } };
  record.owner.pid = 999_999_999;
  writeFileSync(file, JSON.stringify(record));
}
