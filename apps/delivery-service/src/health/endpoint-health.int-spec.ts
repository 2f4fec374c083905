import { describe, expect, it } from '@jest/globals';
import { decodeEndpointHealth, headerText, type ReceivedRecord } from '#libs/contracts';
import { KafkaConnection, type BatchContext } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { aWebhook, closeAfterTest, closesResources, eventually, kafkaBrokers, TestKafka, uniqueName } from '#libs/testing';
import { WebhookDirectory, type Webhook } from '../webhooks/index.js';
import type { AttemptHealth } from './endpoint-health.js';
import { EndpointHealthPublisher } from './endpoint-health.publisher.js';
import { EndpointHealthService } from './endpoint-health.service.js';
import { failed, HandClock, ownership, SUCCEEDED } from './testing-support/health-stage.js';
import { EndpointHealthView } from './endpoint-health-view.js';
import { DEFAULT_HEALTH_RULES } from './health-rules.js';

closesResources();

class Directory extends WebhookDirectory {
  readonly ids = new Set<string>();
  override find(id: string): Webhook | undefined {
    return this.ids.has(id) ? ({ id, state: aWebhook({ id }) } as Webhook) : undefined;
  }
  override findSoon(id: string): Promise<Webhook | undefined> {
    return Promise.resolve(this.find(id));
  }
}

/** Instances on one real topic; a plain client reads what they write. The clock is moved by hand. */
class Stage {
  readonly topic = uniqueName('health');
  readonly clock = new HandClock();
  readonly directory = new Directory();
  readonly kafka = new TestKafka();
  readonly webhook = aWebhook();
  records: readonly ReceivedRecord[] = [];

  async open(): Promise<this> {
    this.directory.ids.add(this.webhook.id);
    await this.kafka.createTopic(this.topic, { partitions: 2, compact: true });
    closeAfterTest(() => this.kafka.close());
    this.records = await this.kafka.follow(this.topic);
    return this;
  }

  async instance(): Promise<Instance> {
    const connection = new KafkaConnection({ brokers: kafkaBrokers(), clientId: 'test' }, () => undefined);
    const health = new HealthRegistry();
    health.opened();
    const view = new EndpointHealthView(connection, this.topic, health);
    const publisher = new EndpointHealthPublisher(connection.publisher, this.topic);
    const service = new EndpointHealthService(view, publisher, this.directory, this.clock, DEFAULT_HEALTH_RULES, () => 0);
    closeAfterTest(async () => {
      await view.onApplicationShutdown();
      await connection.close();
    });
    return { service, view, health, context: ownership() };
  }

  attempt({ service, context }: Instance, ...results: AttemptHealth[]): void {
    for (const result of results) {
      const admission = service.admit(this.webhook, context);
      if (admission.kind === 'hold') throw new Error('held');
      admission.permit.settle(result);
    }
  }

  told = () => this.records.filter(({ value }) => value !== null).map((record) => decodeEndpointHealth(record));
  untilTold = (circuit: string) => eventually(() => this.told().at(-1)?.circuit === circuit);
}

interface Instance {
  readonly service: EndpointHealthService;
  readonly view: EndpointHealthView;
  readonly health: HealthRegistry;
  readonly context: BatchContext & { end(): void };
}

const FIVE = Array.from({ length: 5 }, () => failed());

describe('endpoint health on Kafka', () => {
  it('is ready, and gives leave, only when the topic is read', async () => {
    const stage = await new Stage().open();
    const { service, view, health, context } = await stage.instance();
    expect(health.health().ready).toBe(false);
    expect(service.admit(stage.webhook, context).kind).toBe('hold');
    await view.load();
    expect(health.health().ready).toBe(true);
    expect(service.admit(stage.webhook, context).kind).toBe('go');
  });

  it('lets the next instance go on with the true opening time and count, and with rising versions', async () => {
    const stage = await new Stage().open();
    const first = await stage.instance();
    await first.view.load();
    stage.attempt(first, ...FIVE);
    stage.clock.time += 30_000;
    stage.attempt(first, failed());
    const openedAt = stage.clock.time;
    await stage.untilTold('open');
    await eventually(() => stage.told().length === 4);
    first.context.end();

    stage.clock.time += 20_000;
    const second = await stage.instance();
    await second.view.load();
    expect(second.service.circuitOf(stage.webhook.id)).toBe('open');
    expect(second.service.admit(stage.webhook, second.context)).toEqual({ kind: 'hold', until: openedAt + 60_000 });
    stage.clock.time += 40_000;
    stage.attempt(second, failed());
    await eventually(() => stage.told().length === 6);
    expect(stage.told().at(-1)).toMatchObject({ circuit: 'open', openings: 3, consecutiveFailures: 7 });

    stage.clock.time += 120_000;
    stage.attempt(second, SUCCEEDED);
    await stage.untilTold('closed');
    const versions = stage.told().map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it('makes the probe due again when its owner is lost in the middle of it', async () => {
    const stage = await new Stage().open();
    const first = await stage.instance();
    await first.view.load();
    stage.attempt(first, ...FIVE);
    stage.clock.time += 30_000;
    expect(first.service.admit(stage.webhook, first.context).kind).toBe('go');
    await stage.untilTold('half-open');

    const second = await stage.instance();
    await second.view.load();
    expect(second.service.admit(stage.webhook, second.context)).toMatchObject({ kind: 'go', permit: { probe: true } });
  });

  it('takes a deleted webhook off the topic, and one that was deleted while nobody looked', async () => {
    const stage = await new Stage().open();
    const first = await stage.instance();
    await first.view.load();
    stage.attempt(first, ...FIVE);
    await stage.untilTold('open');
    await eventually(() => first.view.find(stage.webhook.id)?.circuit === 'open');
    stage.directory.ids.clear();
    stage.clock.time += 60_001;

    const second = await stage.instance();
    await second.view.load();
    const tombstone = await eventually(() => stage.records.find(({ value }) => value === null));
    expect(tombstone.key?.toString()).toBe(stage.webhook.id);
    expect(Number(headerText(tombstone.headers, 'ce_id')!.split(':').at(-1))).toBeGreaterThan(stage.told().at(-1)!.version);
    await eventually(() => first.view.find(stage.webhook.id) === undefined && second.view.find(stage.webhook.id) === undefined);
    first.service.webhookChanged(stage.webhook.id, undefined, stage.webhook);
    expect(first.service.circuitOf(stage.webhook.id)).toBe('closed');
  });
});
