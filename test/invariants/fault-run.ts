import { Sealer, parseMasterKeys } from '#libs/secrets';
import { TestKafka, eventually, uniqueName } from '#libs/testing';
import type { ServiceProcess } from '../e2e/service-process.js';
import type { TestSystem } from '../e2e/system.js';
import { Endpoints, type EndpointBehaviour } from './endpoints.js';
import { ForbiddenListener } from './loopback.js';
import { judge, type SeenOutcome, type Verdict } from './oracle.js';
import { OutcomeLog } from './outcome-log.js';
import { eventRecord, probesFor } from './published-event.js';
import {
  Scenario,
  expectedDeliveries,
  refusedDeliveries,
  type Endpoint,
  type ExpectedDelivery,
  type ExtraWebhook,
  type PlannedEvent,
  type PlannedWebhook,
} from './scenario.js';
import { Watermarks } from './watermarks.js';
import { stateOf, stateRecord } from './webhook-states.js';

export interface FaultRunOptions {
  readonly webhooks?: number;
  readonly endpoints?: readonly Endpoint[];
  /** Webhooks beside the usual ones. */
  readonly extra?: readonly ExtraWebhook[];
  /** Bootstrap servers other than the test broker's. */
  readonly brokers?: string;
}

/**
 * Most repeats that one crash of a delivery-service explains: under a paced load some 200 deliveries are under way, and while the
 * oldest of them ends, and until the next commit a quarter of a second later, others end that count as uncommitted.
 */
const IN_FLIGHT = 1500;
const AHEAD = 200;
const SETTLED_MS = 60_000;
const BATCH = 500;

/** One seeded scenario on a running system: publishes, looks on while the test breaks things, and lets the oracle judge. */
export class FaultRun {
  readonly expected: ExpectedDelivery[] = [];
  private readonly refused: ExpectedDelivery[] = [];
  private readonly watermarks: Watermarks;
  /** Nothing can be published any more. */
  closed = false;
  private repeatsAllowed = 0;

  private constructor(
    private readonly system: TestSystem,
    readonly kafka: TestKafka,
    readonly scenario: Scenario,
    readonly endpoints: Endpoints,
    private readonly forbidden: ForbiddenListener,
    private readonly namesById: ReadonlyMap<string, string>,
    private readonly outcomeLog: OutcomeLog,
  ) {
    this.watermarks = Watermarks.of(system, kafka);
  }

  /** Makes the scenario's webhooks known to the system; resolves when each that may get events has got one. */
  static async open(system: TestSystem, seed: number, options: FaultRunOptions = {}): Promise<FaultRun> {
    const kafka = options.brokers ? new TestKafka(options.brokers.split(',')) : new TestKafka();
    const scenario = new Scenario(uniqueName('run'), seed, options);
    const secrets = new Map(scenario.webhooks.map(({ name }) => [name, uniqueName('secret-of-the-webhook')]));
    const behaviours = scenario.webhooks.map(({ name, endpoint }): [string, EndpointBehaviour] => [
      name,
      { endpoint, secret: secrets.get(name)! },
    ]);
    const forbidden = await ForbiddenListener.start();
    const endpoints = await Endpoints.start(new Map(behaviours), forbidden.url('address'));
    const sealer = new Sealer(parseMasterKeys(system.masterKeys));
    const states = scenario.webhooks.map((webhook) => {
      const url = webhook.lure ? forbidden.url(webhook.lure) : endpoints.url(webhook.name);
      return stateOf(webhook, url, secrets.get(webhook.name)!, sealer);
    });
    const records = states.map(stateRecord);
    for (let i = 0; i < records.length; i += BATCH) await kafka.produce(system.topic('webhooks'), records.slice(i, i + BATCH));
    const namesById = new Map(states.map((state) => [state.id, state.name]));
    const outcomes = new OutcomeLog(await kafka.follow(system.topic('outcomes')), namesById);
    const run = new FaultRun(system, kafka, scenario, endpoints, forbidden, namesById, outcomes);
    try {
      await run.untilKnown(options.extra ?? []);
    } catch (error) {
      await run.close();
      throw error;
    }
    return run;
  }

  /** Requests so far, of whatever attempt. */
  get requests(): number {
    return this.endpoints.log.length;
  }

  /** Deliveries that are still to succeed. */
  get left(): number {
    return this.expected.length - this.endpoints.succeeded;
  }

  /** The id of a webhook of the scenario. */
  idOf(name: string): string {
    return [...this.namesById].find(([, known]) => known === name)![0];
  }

  /** Publishes events of the scenario, or those that are given. */
  async publish(what: number | readonly PlannedEvent[]): Promise<void> {
    const events = typeof what === 'number' ? this.scenario.events(what) : what;
    for (const delivery of expectedDeliveries(this.scenario.webhooks, events)) this.expected.push(delivery);
    for (const delivery of refusedDeliveries(this.scenario.webhooks, events)) this.refused.push(delivery);
    await this.send(events);
  }

  /** Publishes events once more that were published before: nothing more may come of it. */
  async send(events: readonly PlannedEvent[]): Promise<void> {
    for (const [topic, ofTopic] of Map.groupBy(events, (event) => event.topic)) {
      for (let i = 0; i < ofTopic.length; i += BATCH) await this.kafka.produce(topic, ofTopic.slice(i, i + BATCH).map(eventRecord));
    }
  }

  /** Keeps the system busy while `work` goes on: publishes whenever less than `ahead` deliveries are left to do. */
  async underLoad(work: () => Promise<void>): Promise<void> {
    let over = false;
    // While something is broken nothing may end; how long that may last is for the work to say.
    const wanted = (): Promise<boolean> => eventually(() => over || this.left < AHEAD, { timeoutMs: Infinity });
    const pump = async (): Promise<void> => {
      while ((await wanted()) && !over) await this.publish(50);
    };
    const pumped = pump().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    try {
      await work();
    } finally {
      over = true;
      await pumped;
    }
    const fault = await pumped;
    if (fault) throw fault.error;
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
  async settled(timeoutMs = SETTLED_MS): Promise<void> {
    const count = this.expected.length + this.refused.length;
    await eventually(() => this.outcomeLog.ended >= count || whatIsSo(`${this.outcomeLog.ended} of ${count} deliveries have ended`), {
      timeoutMs,
      intervalMs: 100,
    });
    // A repeat may still be under way; once all is committed, none is.
    await eventually(async () => (await this.uncommitted()) === 0, { timeoutMs: 30_000, intervalMs: 100 });
  }

  /** Waits until all is done, and judges. @throws Error naming every broken rule, with the last lines of the services' logs */
  async verdict(timeoutMs = SETTLED_MS): Promise<Verdict> {
    this.endpoints.release();
    let late = '';
    try {
      await this.settled(timeoutMs);
    } catch (error) {
      late = `; ${(error as Error).message}`;
    }
    const verdict = judge({
      expected: this.expected,
      refused: this.refused,
      requests: this.endpoints.log,
      outcomes: this.outcomes(),
      forbidden: this.forbidden.visits,
      committed: this.watermarks.read,
      repeatsAllowed: this.repeatsAllowed,
    });
    if (verdict.faults.length > 0 || late) throw new Error(`${verdict.faults.join('\n')}${late}\n${this.system.logs()}`);
    return verdict;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.watermarks.close();
    await this.endpoints.close();
    await this.forbidden.close();
    await this.kafka.close();
  }

  /** Records requested of the delivery-service that it has not committed. */
  uncommitted(): Promise<number> {
    return this.kafka.lag(`${this.system.prefix}.delivery-service`, this.system.topic('deliveries'));
  }

  /** Of this run, in the order they were read. */
  outcomes(): readonly SeenOutcome[] {
    return this.outcomeLog.seen();
  }

  /** A webhook is known when a probe has arrived, or has had the outcome that the forbidden listener's URL leads to. */
  private async untilKnown(extra: readonly ExtraWebhook[]): Promise<void> {
    const inCrowd = new Set(extra.map(({ name }) => name));
    const targets = this.scenario.webhooks.filter(({ name, forbidden }) => !forbidden && !inCrowd.has(name));
    const unknown = (): PlannedWebhook[] => {
      this.outcomes();
      return targets.filter(({ name }) => !this.endpoints.probed.has(name) && !this.outcomeLog.probed.has(name));
    };
    await eventually(
      async () => {
        if (unknown().length === 0) return true;
        await this.send(probesFor(unknown()));
        return eventually(() => unknown().length === 0, { timeoutMs: 1000 });
      },
      { timeoutMs: 30_000 },
    );
    if (extra.length > 0) await this.system.knows(this.scenario.webhooks.length);
  }
}

/** For a condition that is waited for: what is so instead. */
export function whatIsSo(state: string): never {
  throw new Error(state);
}
