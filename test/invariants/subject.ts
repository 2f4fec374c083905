import type { ServerResponse } from 'node:http';
import { TestKafka, WebhookReceiver, closeAfterTest, eventually, uniqueName, type ReceivedRequest } from '#libs/testing';
import type { CreatedWebhook, TestSystem } from '../e2e/system.js';

export const MAX_IN_FLIGHT = 3;

/**
 * One webhook made over the API, with work of its own in each state there is. What an event's name begins with decides how
 * its requests are answered: `fail-` the first one with 404, which opens no circuit, `hold-` when it is let go, everything else with 200.
 */
export class Subject {
  private readonly held: ServerResponse[] = [];
  private letGo = false;

  private constructor(
    private readonly system: TestSystem,
    private readonly kafka: TestKafka,
    readonly receiver: WebhookReceiver,
    readonly webhook: CreatedWebhook,
  ) {}

  /** A webhook at `/old` that gets its events; closed after the test. */
  static async open(system: TestSystem, settings: object = {}): Promise<Subject> {
    const kafka = new TestKafka();
    closeAfterTest(() => kafka.close());
    let answer: (request: ReceivedRequest, response: ServerResponse) => void = (_request, response) => response.end();
    const receiver = await WebhookReceiver.start((request, response) => answer(request, response));
    closeAfterTest(() => receiver.close());
    const channelId = uniqueName('channel');
    const webhook = await system.createWebhook({
      url: receiver.url('/old'),
      events: ['order_created'],
      channelId,
      maxInFlight: MAX_IN_FLIGHT,
      timeoutMs: 20_000,
      ...settings,
    });
    const subject = new Subject(system, kafka, receiver, webhook);
    subject.channelId = channelId;
    answer = (request, response) => subject.answer(request, response);
    await system.becomesActive(
      async () => (await subject.publish('warm', 1))[0]!,
      (id) => subject.requestsOf(id).length > 0,
    );
    return subject;
  }

  private channelId = '';

  /** Publishes events, and answers their ids. */
  async publish(name: string, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => uniqueName(`${name}-`));
    const headers = { ce_specversion: '1.0', ce_source: '/subject', ce_type: 'order_created', ce_channelid: this.channelId };
    await this.kafka.produce(
      'orders',
      ids.map((id) => ({ value: '{}', headers: { ...headers, ce_id: id } })),
    );
    return ids;
  }

  requestsOf(id: string): ReceivedRequest[] {
    return this.receiver.requests.filter(({ headers }) => headers['webhook-id'] === id);
  }

  get inFlight(): number {
    return this.held.length;
  }

  /** Answers what is held, and holds nothing any more. */
  release(): void {
    this.letGo = true;
    for (const response of this.held.splice(0)) response.end();
  }

  /** Requests of any event but the first ones that arrived later than this, in milliseconds since the epoch. */
  requestsSince(at: number): ReceivedRequest[] {
    return this.receiver.requests.filter((request) => request.at > at);
  }

  /** Changes the webhook; answers when the change was confirmed, in milliseconds since the epoch. */
  async change(method: string, path = '', body?: object): Promise<number> {
    await this.system.api(method, `/v1/webhooks/${this.webhook.id}${path}`, body);
    return Date.now();
  }

  private answer({ headers }: ReceivedRequest, response: ServerResponse): void {
    const id = String(headers['webhook-id']);
    if (id.startsWith('hold-') && !this.letGo) this.held.push(response);
    else response.writeHead(id.startsWith('fail-') && this.requestsOf(id).length === 1 ? 404 : 200).end();
  }

  /** Waits until as many requests as it allows at once wait for their answer. */
  async full(): Promise<void> {
    await eventually(() => this.inFlight === MAX_IN_FLIGHT);
  }
}
