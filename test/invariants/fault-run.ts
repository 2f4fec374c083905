import { decodeOutcome, encodeWebhookState, type ReceivedRecord } from '#libs/contracts';
import { idTail } from '#libs/kernel';
import { Sealer, parseMasterKeys } from '#libs/secrets';
import { TestKafka, aWebhook, eventually, uniqueName } from '#libs/testing';
import type { ServiceProcess } from '../e2e/service-process.js';
import type { TestSystem } from '../e2e/system.js';
import { Endpoints, type EndpointBehaviour } from './endpoints.js';
import { judge, type SeenOutcome, type Verdict } from './oracle.js';
import { Scenario, expectedDeliveries, type Endpoint, type PlannedEvent, type PlannedWebhook } from './scenario.js';

export interface FaultRunOptions {
  readonly webhooks?: number;
  readonly endpoints?: readonly Endpoint[];
  /** Bootstrap servers other than the test broker's. */
  readonly brokers?: string;
}

/**
 * Most repeats that one crash of a delivery-service explains: under a paced load some 200 deliveries are under way, and while the
 * oldest of them ends, and until the next commit a quarter of a second later, others end that count as uncommitted.
 */
const IN_FLIGHT = 1500;
const AHEAD = 200;
const PROBE = 'probe-';
const SETTLED_MS = 60_000;

/** One seeded scenario on a running system: publishes, looks on while the test breaks things, and lets the oracle judge. */
export class FaultRun {
  readonly published: PlannedEvent[] = [];
  private repeatsAllowed = 0;

  private constructor(
    private readonly system: TestSystem,
    readonly kafka: TestKafka,
    private readonly scenario: Scenario,
    readonly endpoints: Endpoints,
    private readonly namesById: ReadonlyMap<string, string>,
    private readonly outcomeRecords: readonly ReceivedRecord[],
  ) {}

  /** Makes the scenario's webhooks known to the system; resolves when each that may get events has got one. */
  static async open(system: TestSystem, seed: number, options: FaultRunOptions = {}): Promise<FaultRun> {
    const kafka = options.brokers ? new TestKafka(options.brokers.split(',')) : new TestKafka();
    const scenario = new Scenario(uniqueName('run'), seed, options);
    const secrets = new Map(scenario.webhooks.map(({ name }) => [name, uniqueName('secret-of-the-webhook')]));
    const behaviours = scenario.webhooks.map(({ name, endpoint }): [string, EndpointBehaviour] => [
      name,
      { endpoint, secret: secrets.get(name)! },
    ]);
    const endpoints = await Endpoints.start(new Map(behaviours));
    const sealer = new Sealer(parseMasterKeys(system.masterKeys));
    const states = scenario.webhooks.map((webhook) => stateOf(webhook, endpoints.url(webhook.name), secrets.get(webhook.name)!, sealer));
    await kafka.produce(
      system.topic('webhooks'),
      states
        .map((state) => encodeWebhookState(state, 'test'))
        .map(({ key, value, headers }) => ({ key, value, headers: headers as Record<string, string> })),
    );
    const namesById = new Map(states.map((state) => [state.id, state.name]));
    const outcomes = await kafka.follow(system.topic('outcomes'));
    const run = new FaultRun(system, kafka, scenario, endpoints, namesById, outcomes);
    try {
      await run.untilKnown();
    } catch (error) {
      await run.close();
      throw error;
    }
    return run;
  }

  /** How many deliveries there must be of what was published so far. */
  get expected(): number {
    return expectedDeliveries(this.scenario.webhooks, this.published).length;
  }

  /** Requests so far, of whatever attempt. */
  get requests(): number {
    return this.seen().length;
  }

  async publish(count: number): Promise<void> {
    const events = this.scenario.events(count);
    this.published.push(...events);
    await this.send(events);
  }

  /** Keeps the system busy while `work` goes on: publishes whenever less than `ahead` deliveries are left to do. */
  async underLoad(work: () => Promise<void>): Promise<void> {
    let over = false;
    const pump = (async () => {
      while (!over) {
        await eventually(() => over || this.expected - this.succeeded() < AHEAD, { timeoutMs: SETTLED_MS });
        if (!over) await this.publish(50);
      }
    })();
    try {
      await work();
    } finally {
      over = true;
      await pump;
    }
  }

  /** Kills a service and notes that repeats may follow. Only a delivery-service sends, so only its end explains any. */
  async crash(service: ServiceProcess): Promise<void> {
    const gone = service.kill();
    this.crashed(service.name === 'delivery-service' ? 1 : 0);
    await gone;
  }

  /** Notes that so many crashes, or what counts as one, may have left work half done. */
  crashed(times: number): void {
    this.repeatsAllowed += IN_FLIGHT * times;
  }

  async requestsReach(count: number, timeoutMs = 60_000): Promise<void> {
    await eventually(() => this.requests >= count || whatIsSo(`${this.requests} of ${count} requests`), { timeoutMs });
  }

  async outcomesReach(count: number, timeoutMs = 60_000): Promise<void> {
    await eventually(() => this.outcomes().length >= count || whatIsSo(`${this.outcomes().length} of ${count} outcomes`), { timeoutMs });
  }

  /** Waits until every delivery so far has ended and is committed. */
  settled(): Promise<void> {
    return this.untilDone(this.expected);
  }

  /** Waits until all is done, and judges. @throws Error naming every broken rule, with the last lines of the services' logs */
  async verdict(): Promise<Verdict> {
    this.endpoints.release();
    const expected = expectedDeliveries(this.scenario.webhooks, this.published);
    let late = '';
    try {
      await this.untilDone(expected.length);
    } catch (error) {
      late = `; ${(error as Error).message}`;
    }
    const verdict = judge({ expected, requests: this.seen(), outcomes: this.outcomes(), repeatsAllowed: this.repeatsAllowed });
    if (verdict.faults.length > 0 || late) throw new Error(`${verdict.faults.join('\n')}${late}\n${this.system.logs()}`);
    return verdict;
  }

  async close(): Promise<void> {
    await this.endpoints.close();
    await this.kafka.close();
  }

  /** Records requested of the delivery-service that it has not committed. */
  uncommitted(): Promise<number> {
    return this.kafka.lag(`${this.system.prefix}.delivery-service`, this.system.topic('deliveries'));
  }

  private async untilDone(count: number): Promise<void> {
    await eventually(
      () => {
        const ended = new Set(this.outcomes().map(({ eventId, webhook }) => `${eventId} ${webhook}`)).size;
        return ended >= count || whatIsSo(`${ended} of ${count} deliveries have ended`);
      },
      { timeoutMs: SETTLED_MS, intervalMs: 100 },
    );
    // A repeat may still be under way; once all is committed, none is.
    await eventually(async () => (await this.uncommitted()) === 0, { timeoutMs: 30_000, intervalMs: 100 });
  }

  private succeeded(): number {
    return this.seen().filter(({ status }) => status === 200).length;
  }

  private seen() {
    return this.endpoints.log.filter(({ eventId }) => !eventId.startsWith(PROBE));
  }

  outcomes(): SeenOutcome[] {
    const own = this.outcomeRecords
      .map(decodeOutcome)
      .filter(({ webhookId, eventId }) => this.namesById.has(webhookId) && !eventId.startsWith(PROBE));
    return own.map(({ eventId, webhookId, deliveryId, result }) => ({
      eventId,
      webhook: this.namesById.get(webhookId)!,
      delivery: idTail(deliveryId),
      result,
    }));
  }

  private async untilKnown(): Promise<void> {
    const targets = this.scenario.webhooks.filter((webhook) => !webhook.forbidden);
    await eventually(
      async () => {
        const unknown = targets.filter(({ name }) => !this.endpoints.log.some(({ webhook }) => webhook === name));
        if (unknown.length === 0) return true;
        await this.send(unknown.map(probeFor));
        return eventually(() => unknown.every(({ name }) => this.endpoints.log.some(({ webhook }) => webhook === name)), {
          timeoutMs: 1000,
        });
      },
      { timeoutMs: 30_000 },
    );
  }

  private async send(events: readonly PlannedEvent[]): Promise<void> {
    for (const [topic, ofTopic] of Map.groupBy(events, (event) => event.topic)) {
      for (let i = 0; i < ofTopic.length; i += 200) await this.kafka.produce(topic, ofTopic.slice(i, i + 200).map(recordOf));
    }
  }
}

function stateOf(webhook: PlannedWebhook, url: string, secret: string, sealer: Sealer) {
  const { name, accountId, channelId, events, status } = webhook;
  const state = aWebhook({ name, accountId, channelId, events, status, url, signing: true, timeoutMs: 5000 });
  return { ...state, secrets: [{ id: 'sec_1', sealed: sealer.seal(secret, ['signing', accountId, state.id, 'sec_1']), validUntil: null }] };
}

/** An event that this webhook takes. */
function probeFor(webhook: PlannedWebhook): PlannedEvent {
  const wanted = webhook.events.map((name) =>
    name === '*' || name === 'orders:*' ? 'order_created' : name === 'tickets:*' ? 'ticket.closed' : name,
  );
  const type = wanted[0]!;
  const { accountId, channelId } = webhook;
  return { id: uniqueName(PROBE), topic: type.startsWith('order') ? 'orders' : 'tickets', type, accountId, channelId, key: '', data: '{}' };
}

function recordOf(event: PlannedEvent) {
  return {
    key: event.key,
    value: event.data,
    headers: {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_source: '/invariants',
      ce_type: event.type,
      ce_accountid: event.accountId,
      ...(event.channelId === null ? {} : { ce_channelid: event.channelId }),
    },
  };
}

function whatIsSo(state: string): never {
  throw new Error(state);
}
