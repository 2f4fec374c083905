import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebhookReceiver, eventually, kafkaBrokers, uniqueName } from '#libs/testing';
import { TestSystem, type CreatedWebhook } from './system.js';

const installed = spawnSync('kcat', ['-V']).status === 0;
const kcat = (args: string[], input?: string): string =>
  execFileSync('kcat', ['-b', kafkaBrokers().join(','), '-q', ...args], { encoding: 'utf8', input, timeout: 30_000 });

// kcat is the third-party client of the README; without it there is nothing to try, which the skip says aloud.
(installed ? describe : describe.skip)('the README with kcat (skipped where kcat is not installed)', () => {
  let system: TestSystem;
  let receiver: WebhookReceiver;
  let webhook: CreatedWebhook;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    system = await TestSystem.start();
    webhook = await system.createWebhook({ url: receiver.url('/hooks'), events: ['order_created'] });
  });

  afterAll(async () => {
    await system.stop();
    await receiver.close();
  });

  const produce = (id: string, data: string, extra: string[] = []): string =>
    kcat(
      [
        '-P',
        '-t',
        'orders',
        ...[`ce_specversion=1.0`, `ce_id=${id}`, 'ce_source=/shop', 'ce_type=order_created', `ce_channelid=${system.channel}`].flatMap(
          (header) => ['-H', header],
        ),
        ...extra,
      ],
      data,
    );
  const arrived = (id: string) => receiver.requests.filter((request) => request.headers['webhook-id'] === id);

  const active = (): Promise<void> =>
    system.becomesActive(
      async () => {
        const id = uniqueName('warm-up');
        produce(id, '{}');
        return id;
      },
      (id) => arrived(id).length > 0,
    );

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('delivers an event that kcat produced with compression %s', async (codec) => {
    await active();
    const id = uniqueName('order');
    produce(id, '{"orderId": "A-17", "total": 1.10}', ['-z', codec]);
    const request = await eventually(() => arrived(id)[0]);
    expect(request.body.toString('utf8')).toMatch(/"data":\{"orderId": "A-17", "total": 1\.10\}\}$/);
  });

  it('shows attempts and outcomes to kcat as valid CloudEvents', async () => {
    await active();
    const id = uniqueName('order');
    produce(id, '{"orderId": "A-18"}');
    for (const [topic, type] of [
      ['attempts', 'hookstream.delivery.attempted.v1'],
      ['outcomes', 'hookstream.delivery.succeeded.v1'],
    ] as const) {
      const lines = await eventually(() => {
        const found = kcat(['-C', '-t', system.topic(topic), '-o', 'beginning', '-e', '-f', '%k|%h|%s\n'])
          .split('\n')
          .filter((line) => line.includes(`"eventId":"${id}"`));
        return found.length > 0 ? found : undefined;
      });
      expect(lines).toHaveLength(1);
      const [key, headers, ...value] = lines[0]!.split('|');
      expect(key).toBe(webhook.id);
      const attributes = Object.fromEntries(
        headers!.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
      );
      expect(attributes).toMatchObject({
        ce_specversion: '1.0',
        ce_type: type,
        ce_subject: webhook.id,
        ce_accountid: 'default',
        ce_channelid: system.channel,
        'content-type': 'application/json',
        ce_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      });
      expect(attributes['ce_id']).toBeTruthy();
      expect(attributes['ce_source']).toBeTruthy();
      expect(JSON.parse(value.join('|'))).toMatchObject({ eventId: id, webhookId: webhook.id, eventType: 'order_created' });
    }
  });
});
