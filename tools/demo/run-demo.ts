import { loadCatalog } from '#libs/catalog';
import { DEFAULT_ACCOUNT, PAYLOAD_FORMATS, encodeDomainEvent, type DomainEvent } from '#libs/contracts';
import { KafkaConnection } from '#libs/messaging';
import { Api } from './api.js';
import { DemoReceiver, type Arrival } from './demo-receiver.js';
import { Ledger, WARM_UP } from './ledger.js';

/** The system that the demo uses, running before or started for it. */
export interface DemoSystem {
  readonly httpUrl: string;
  readonly brokers: string;
  readonly adminKey: string;
}

const ARRIVAL_DEADLINE_MS = 30_000;
const WARM_UP_DEADLINE_MS = 30_000;
const WARM_UP_ROUND_MS = 500;
/** How long a second copy of a delivery is watched for. */
const REPEAT_WATCH_MS = 500;

/**
 * Creates one webhook for each module, each with another payload format, publishes one sample of every event type, and
 * prints what arrives. Everything carries a channel of this run's own, so that the demo meets no other webhook's channel.
 * @returns the exit code: 0 when each sample arrived once and verified
 */
export async function runDemo(system: DemoSystem, run: string): Promise<number> {
  const catalog = loadCatalog();
  const api = new Api(system.httpUrl, system.adminKey);
  const connection = new KafkaConnection({ brokers: system.brokers.split(','), clientId: 'hookstream-demo' }, () => undefined);
  const ledger = new Ledger();
  const receiver = await DemoReceiver.start((arrival) => ledger.arrived(arrival, describe));
  const channelId = `demo-${run}`;
  const webhookIds: string[] = [];
  const formatOf = new Map<string, string>();
  const describe = (arrival: Arrival): string => `${arrival.path.slice(1)} as ${formatOf.get(arrival.path)}`;

  const publish = async (type: string, id: string): Promise<void> => {
    const event: DomainEvent = {
      id,
      source: '/demo',
      type,
      time: new Date().toISOString(),
      accountId: DEFAULT_ACCOUNT,
      channelId,
      data: catalog.sampleBytes(type)!,
    };
    await connection.publisher.publish(catalog.topicOf(type)!, encodeDomainEvent(event));
  };

  // A new webhook reaches the router through Kafka, so the first event may be too early for it: one event after another
  // goes to each module until all of them have got one. These do not count.
  const warmUp = async (types: readonly string[]): Promise<void> => {
    const deadline = performance.now() + WARM_UP_DEADLINE_MS;
    for (let round = 0; ledger.warmedUp.size < types.length; round++) {
      if (performance.now() > deadline) throw new Error('the demo webhooks did not become active in time');
      await Promise.all(types.map((type, index) => publish(type, `${WARM_UP}${run}-${round}-${index}`)));
      await ledger.settled(WARM_UP_ROUND_MS, () => ledger.warmedUp.size === types.length);
    }
  };

  try {
    for (const [index, module] of catalog.modules().entries()) {
      const path = `/${module.name}`;
      const payloadFormat = module.name === 'messages' ? 'Z_API' : PAYLOAD_FORMATS[index % PAYLOAD_FORMATS.length]!;
      const webhook = await api.createWebhook({
        name: `Demo ${run} ${module.name}`,
        url: receiver.url(path),
        events: [`${module.name}:*`],
        channelId,
        payloadFormat,
        signing: true,
      });
      webhookIds.push(webhook.id);
      formatOf.set(path, payloadFormat);
      receiver.expect(path, webhook.secretWhsec);
    }
    const typesOfModules = catalog.modules().map((module) => module.eventTypes.filter((type) => catalog.isKnown(type)));
    await warmUp(typesOfModules.map((types) => types[0]!));
    for (const [index, type] of typesOfModules.flat().entries()) {
      const id = `demo-${run}-${index}`;
      ledger.published(id);
      await publish(type, id);
    }
    await ledger.settled(ARRIVAL_DEADLINE_MS, () => ledger.missing() === 0);
    await ledger.settled(REPEAT_WATCH_MS, () => false);
    return ledger.printSummary();
  } finally {
    for (const id of webhookIds) await api.deleteWebhook(id);
    await receiver.close();
    await connection.close();
  }
}
