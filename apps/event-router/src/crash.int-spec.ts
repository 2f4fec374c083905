import { describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { decodeDeliveryRequested, encodeWebhookState, topicName, Topics } from '#libs/contracts';
import { idTail } from '#libs/kernel';
import { aWebhook, closeAfterTest, closesResources, eventually, kafkaBrokers, TestKafka, uniqueName } from '#libs/testing';

closesResources();

const EVENTS = 2_000;
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

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

function startService(env: Record<string, string>): ChildProcess {
  const loader = `data:text/javascript,${encodeURIComponent(LOADER.replace("'@swc/core'", JSON.stringify(import.meta.resolve('@swc/core'))))}`;
  const child = spawn(process.execPath, ['--conditions=source', '--import', loader, MAIN], {
    env: { ...process.env, NODE_OPTIONS: '', HEALTH_PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  closeAfterTest(() => child.kill('SIGKILL'));
  return child;
}

describe('event-router, killed', () => {
  it('loses nothing when it is killed amid 2,000 events, and repeats with the same ids', async () => {
    const [prefix, topic] = [uniqueName('hs'), uniqueName('orders')];
    const kafka = new TestKafka();
    closeAfterTest(() => kafka.close());
    await kafka.createTopic(topic, { partitions: 4 });
    const webhooksTopic = topicName(Topics.webhooks, prefix);
    await kafka.createTopic(webhooksTopic, { compact: true });
    const deliveriesTopic = await kafka.createTopic(topicName(Topics.deliveries, prefix), { partitions: 4 });
    const accountId = uniqueName('acme');
    await kafka.produce(webhooksTopic, [encodeWebhookState(aWebhook({ accountId }), '/test') as never]);
    const env = { KAFKA_BROKERS: kafkaBrokers().join(','), TOPIC_PREFIX: prefix, DOMAIN_TOPICS: topic };
    const routed = await kafka.follow(deliveriesTopic);

    const first = startService(env);
    let published = 0;
    while (published < EVENTS) {
      const batch = Array.from({ length: 20 }, () =>
        JSON.stringify({ type: 'order_created', id: `e-${published++}`, accountId, data: { n: published } }),
      );
      await kafka.produce(topic, batch.map((value, i) => ({ value, partition: i % 4 }))); // prettier-ignore
      if (published === 20) await eventually(() => routed.length > 0, { timeoutMs: 40_000 });
      if (published === EVENTS / 2) first.kill('SIGKILL');
    }
    if (first.exitCode === null && first.signalCode === null) await once(first, 'exit');
    const beforeRestart = routed.length;

    startService(env);
    const eventIds = () => new Set(routed.map((record) => decodeDeliveryRequested(record).event.id));
    await eventually(() => eventIds().size === EVENTS, { timeoutMs: 40_000 });
    expect(beforeRestart).toBeLessThan(EVENTS);
    expect(new Set(routed.map((record) => idTail(decodeDeliveryRequested(record).deliveryId))).size).toBe(EVENTS);
    expect(routed.length).toBeLessThan(2 * EVENTS); // what is repeated is what was in flight
  }, 120_000);
});
