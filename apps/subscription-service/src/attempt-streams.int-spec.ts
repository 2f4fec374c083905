import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources, eventually } from '#libs/testing';
import { ReflectedClient } from './grpc-door/reflected-client.int-fixture.js';
import { ProtoJson } from './grpc-door/proto-json.int-fixture.js';
import { HistoryScene } from './history-scene.int-fixture.js';
import { aDeliveryHistory, type Course, type DeliveryHistory } from './projector/testing-support/a-history.js';
import { grpcAddressOf } from './subscription-app.int-fixture.js';

closesResources();

interface Row {
  readonly id: string;
  readonly [member: string]: string | number | null;
}
type News = { readonly attempt?: Row; readonly gap?: boolean };

const SERVICE = 'hookstream.v1.DeliveryService';
const NOW = Date.now() - 3_600_000;
const COURSES: readonly Course[] = [
  { codes: [200], result: 'succeeded' },
  { codes: [500, 200], result: 'succeeded' },
  { codes: [503, null, 404], result: 'failed' },
  { codes: [200], result: 'succeeded', test: true },
];
/** More than an export reads at once. */
const DELIVERIES = 800;

describe('attempts of real deliveries', () => {
  let scene: HistoryScene;
  let reflected: ReflectedClient;
  let channel: Client;
  let webhookId: string;
  let histories: DeliveryHistory[];

  beforeAll(async () => {
    scene = await HistoryScene.open({ API_STREAM_LIFETIME_MS: '600000' });
    const address = grpcAddressOf(scene.app);
    reflected = await ReflectedClient.connect(address);
    channel = new Client(address, credentials.createInsecure());
    webhookId = await scene.webhook();
    histories = Array.from({ length: DELIVERIES }, (_, i) =>
      aDeliveryHistory(COURSES[i % COURSES.length]!, {
        webhookId,
        eventType: i % 3 === 0 ? 'order_updated' : 'order_created',
        at: NOW + i * 1_000,
      }),
    );
    await scene.store(histories);
  }, 60_000);
  afterAll(async () => {
    channel.close();
    reflected.close();
    await scene.close();
  });

  /** The messages of a stream as they come. */
  function follow<T>(rpc: string, request: object, account?: string): { readonly got: T[]; readonly ended: Promise<void>; cancel(): void } {
    const method = reflected.method(`${SERVICE}/${rpc}`);
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(scene.headers(account))) metadata.set(name, value);
    const json = new ProtoJson(reflected.definition);
    const message = json.toMessage(request, method.requestType.type);
    const call = channel.makeServerStreamRequest(method.path, method.requestSerialize, method.responseDeserialize, message, metadata);
    const got: T[] = [];
    call.on('data', (answer: object) => got.push(json.toJson(answer, method.responseType.type) as T));
    const ended = new Promise<void>((resolve, reject) => call.on('end', resolve).on('error', reject));
    ended.catch(() => undefined);
    closeAfterTest(() => call.cancel());
    return { got, ended, cancel: () => call.cancel() };
  }

  const newestFirst = (ids: readonly string[]): string[] => [...ids].sort().reverse();
  const idsThat = (fits: (attempt: DeliveryHistory['attempts'][number]) => boolean): string[] =>
    newestFirst(histories.flatMap(({ attempts }) => attempts.filter(fits).map(({ id }) => id)));
  const time = (ms: number): string => new Date(ms).toISOString();
  const [FROM, TO] = [NOW + 100_000, NOW + 300_000];

  const FILTERS: [string, object, Parameters<typeof idsThat>[0]][] = [
    ['', {}, () => true],
    ['status=failed', { status: 'ATTEMPT_STATUS_FAILED' }, ({ status }) => status === 'failed'],
    ['event=order_updated', { event: 'order_updated' }, ({ eventType }) => eventType === 'order_updated'],
    ['code=5xx', { code: '5xx' }, ({ statusCode }) => (statusCode ?? 0) >= 500],
    ['code=none', { code: 'none' }, ({ statusCode }) => statusCode === null],
    ['errorClass=http_4xx', { errorClass: ['ERROR_CLASS_HTTP_4XX'] }, ({ errorClass }) => errorClass === 'http_4xx'],
    [
      'errorClass=http_4xx&errorClass=timeout',
      { errorClass: ['ERROR_CLASS_HTTP_4XX', 'ERROR_CLASS_TIMEOUT'] },
      ({ errorClass }) => errorClass === 'http_4xx' || errorClass === 'timeout',
    ],
    ['trigger=test', { trigger: ['ATTEMPT_TRIGGER_TEST'] }, ({ trigger }) => trigger === 'test'],
    ['trigger=event&trigger=retry', { trigger: ['ATTEMPT_TRIGGER_EVENT', 'ATTEMPT_TRIGGER_RETRY'] }, ({ trigger }) => trigger !== 'test'],
    [
      `from=${time(FROM)}&to=${time(TO)}`,
      { from: time(FROM), to: time(TO) },
      ({ attemptedAt }) => Date.parse(attemptedAt) >= FROM && Date.parse(attemptedAt) < TO,
    ],
  ];

  describe.each(FILTERS)('exported with the filter “%s”', (query, filter, fits) => {
    it('are the same as lines, as a table and as a stream of messages, all and newest first', async () => {
      const file = async (format: string) => (await scene.get(`/v1/webhooks/${webhookId}/attempts/export?format=${format}&${query}`)).body;
      const lines = (await file('ndjson'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Row);
      expect(lines.map(({ id }) => id)).toEqual(idsThat(fits));
      const [head, ...table] = (await file('csv')).trimEnd().split('\r\n');
      const columns = head!.split(',');
      const asText = (row: Row) => columns.map((name) => (row[name] === null ? '' : String(row[name]))).join();
      expect(table).toEqual(lines.map(asText));
      const stream = follow<{ attempts: Row[] }>('ExportAttempts', { webhookId, filter });
      await stream.ended;
      expect(stream.got.flatMap(({ attempts }) => attempts.map(({ id }) => id))).toEqual(idsThat(fits));
    });
  });

  describe('watched over gRPC', () => {
    const made = (account: string, id: string): DeliveryHistory =>
      aDeliveryHistory({ codes: [200], result: 'succeeded' }, { webhookId: id, accountId: account, at: Date.now() });
    const idOf = ({ attempts }: DeliveryHistory): string => attempts[0]!.id;
    const told = ({ got }: { readonly got: readonly News[] }): string[] => got.flatMap(({ attempt }) => attempt?.id ?? []);

    it('are told to who watches the account or the webhook, and to nobody else', async () => {
      const [account, stranger] = [await scene.account(), await scene.account()];
      const [one, other] = [await scene.webhook({}, account), await scene.webhook({}, account)];
      const [all, alone, foreign] = [
        follow<News>('WatchAttempts', {}, account),
        follow<News>('WatchAttempts', { webhookId: one }, account),
        follow<News>('WatchAttempts', {}, stranger),
      ];
      await watched(account, one, all, alone);
      const [here, there] = [made(account, one), made(account, other)];
      await scene.store([here, there]);
      await eventually(() => told(all).includes(idOf(there)) && told(alone).includes(idOf(here)));
      expect(told(all)).toEqual(expect.arrayContaining([idOf(here), idOf(there)]));
      expect(told(alone)).not.toContain(idOf(there));
      expect(all.got.at(-1)!.attempt).toMatchObject({ status: 'ATTEMPT_STATUS_SUCCEEDED', statusCode: 200, attempt: 1 });
      expect(foreign.got).toEqual([]);
      await expect(follow('WatchAttempts', { webhookId: one }, stranger).ended).rejects.toThrow('NOT_FOUND');
    });

    it('go on after the last one that a client names, without a gap', async () => {
      const account = await scene.account();
      const id = await scene.webhook({}, account);
      const [seen, missed, later] = [made(account, id), made(account, id), made(account, id)];
      await scene.store([seen]);
      await scene.store([missed]);
      const watching = follow<News>('WatchAttempts', { lastAttemptId: idOf(seen) }, account);
      await eventually(() => told(watching).includes(idOf(missed)));
      await scene.store([later]);
      await eventually(() => told(watching).includes(idOf(later)));
      expect(told(watching)).toEqual([idOf(missed), idOf(later)]);
    });

    it('are too many to be told one by one: the client is told of a gap', async () => {
      const account = await scene.account();
      const id = await scene.webhook({}, account);
      const watching = follow<News>('WatchAttempts', {}, account);
      await watched(account, id, watching);
      await scene.store(Array.from({ length: 250 }, () => made(account, id)));
      await eventually(() => told(watching).length >= 200);
      expect(watching.got.some(({ gap }) => gap)).toBe(true);
    });

    /** Resolves once they are told of what is stored: nothing says when a watch has begun. */
    async function watched(account: string, id: string, ...streams: readonly { readonly got: readonly News[] }[]): Promise<void> {
      await eventually(
        async () => {
          await scene.store([made(account, id)]);
          return eventually(() => streams.every(({ got }) => got.length > 0), { timeoutMs: 2_000 });
        },
        { timeoutMs: 20_000 },
      );
    }
  });
});
