import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { closeAfterTest, closesResources, eventually } from '#libs/testing';
import { someHistories } from './testing-support/a-history.js';
import { ProjectorStage } from './testing-support/projector-stage.js';

closesResources();

const HOUR_MS = 3_600_000;

/** Postgres tells of what a transaction stored once it is committed. */
const TELL_OF_COMMITS = `
  create or replace function tell() returns trigger language plpgsql as $$ begin notify stored; return null; end $$;
  create or replace trigger tell after insert on history.attempts for each statement execute function tell();
  listen stored`;

/** Stands between the projector and its database, and can cut the line. */
class Line {
  private cut = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async to(target: URL): Promise<{ line: Line; url: string }> {
    const server = createServer();
    const line = new Line(server);
    server.on('connection', (near: Socket) => line.join(near, target));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(target);
    url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
    return { line, url: url.href };
  }

  set(state: 'open' | 'cut'): void {
    this.cut = state === 'cut';
    if (this.cut) for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.set('cut');
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket, target: URL): void {
    if (this.cut) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      this.sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }
}

describe('the projector', () => {
  let stage: ProjectorStage;
  beforeEach(async () => {
    stage = await ProjectorStage.open();
  }, 60_000);
  afterEach(() => stage.close(), 60_000);

  it('without its database is unready and live, takes up by itself, and has stored everything once', async () => {
    const { line, url } = await Line.to(new URL(stage.databaseUrl));
    closeAfterTest(() => line.close());
    const { port } = await stage.start({ DATABASE_URL: url });
    const asked = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    const histories = someHistories(400, [newId('wh'), newId('wh')], Date.now() - HOUR_MS);
    await stage.publish(histories.slice(0, 200).flatMap(({ records }) => records));
    line.set('cut');
    await stage.publish(histories.slice(200).flatMap(({ records }) => records));
    await eventually(async () => (await asked('/readyz')) === 503, { timeoutMs: 20_000 });
    expect(await asked('/healthz')).toBe(200);
    line.set('open');
    await stage.caughtUp();
    await eventually(async () => (await asked('/readyz')) === 200, { timeoutMs: 20_000 });
    const attempts = histories.flatMap((history) => history.attempts);
    const [counts] = await stage.rows(
      `select (select count(*)::int from history.attempts) as attempts, (select count(*)::int from history.deliveries) as deliveries,
              (select sum(succeeded + failed)::int from history.stat_buckets where seconds = 60 and webhook_id = '') as counted`,
    );
    const counted = attempts.filter(({ trigger }) => trigger !== 'test').length;
    expect(counts).toEqual({ attempts: attempts.length, deliveries: histories.length, counted });
    expect(await stage.kafka.end(`${stage.prefix}.dead-letters`)).toBe(0);
  }, 120_000);

  it('killed after a transaction and before the commit of its offsets, counts nothing twice', async () => {
    const histories: ReturnType<typeof someHistories> = [];
    const stored = async (): Promise<number> =>
      (await stage.rows<{ count: number }>('select count(*)::int as count from history.attempts'))[0]!.count;
    // A kill hits that moment as a rule and not always: until one has.
    for (let hit = false; !hit;) {
      const more = someHistories(3_000, [newId('wh'), newId('wh')], Date.now() - HOUR_MS);
      histories.push(...more);
      const { kill } = await stage.start();
      await stage.rows(TELL_OF_COMMITS);
      const killed = new Promise<void>((resolve) => stage.client.once('notification', () => void kill().then(resolve)));
      await stage.publish(more.flatMap(({ records }) => records));
      await killed;
      const uncommitted = await stage.kafka.lag(`${stage.prefix}.projector`, `${stage.prefix}.attempts`);
      hit = uncommitted > histories.flatMap(({ attempts }) => attempts).length - (await stored());
    }
    const attempts = histories.flatMap((history) => history.attempts);
    await stage.start();
    await stage.caughtUp(90_000);
    const [counts] = await stage.rows(
      `select (select count(*)::int from history.attempts) as attempts,
              (select sum(succeeded + failed)::int from history.stat_buckets where seconds = 3600 and webhook_id <> '') as counted,
              (select sum(events)::int from history.event_type_days) as events`,
    );
    expect(counts).toEqual({
      attempts: attempts.length,
      counted: attempts.filter(({ trigger }) => trigger !== 'test').length,
      events: new Set(histories.flatMap(({ request }) => (request.trigger === 'test' ? [] : [request.event.id]))).size,
    });
  }, 180_000);
});
