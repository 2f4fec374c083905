import { describe, expect, it } from '@jest/globals';
import { Clock } from '#libs/kernel';
import type { Entry, LaneRequest, Pass } from './entry.js';
import { WebhookLanes } from './webhook-lanes.js';

class TestClock extends Clock {
  time = 1_000_000;
  override now(): number {
    return this.time;
  }
}

/** @param utilization of the event loop; busy unless the test says otherwise */
function setup(mostRunning = 1000, utilization = () => 1) {
  const clock = new TestClock();
  let tick: (() => void) | undefined;
  let draws = 0;
  const lanes = new WebhookLanes(
    clock,
    mostRunning,
    (onTick) => {
      tick = onTick;
      return () => (tick = undefined);
    },
    () => (draws = (draws + 0.37) % 1),
    utilization,
  );
  const settled: Entry[] = [];
  /** What became of those that entered, in the order in which it did; those that still wait are not in it. */
  const enter = (webhookId: string, changes: Partial<LaneRequest> = {}): Entry | Promise<Entry> => {
    const entry = lanes.enter({
      ...{ webhookId, accountId: 'a', maxInFlight: 2, perSecond: null, timeoutMs: 15_000, bytes: 1000, wait: 0 },
      ...changes,
    });
    if (entry instanceof Promise) void entry.then((found) => settled.push(found));
    return entry;
  };
  const pass = (webhookId: string, changes: Partial<LaneRequest> = {}): Pass => {
    const entry = enter(webhookId, changes);
    if (entry instanceof Promise || entry.kind !== 'entered') throw new Error('no room');
    return entry;
  };
  const elapse = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 50) {
      clock.time += 50;
      tick?.();
      await Promise.resolve();
    }
  };
  const flush = () => new Promise((resolve) => setImmediate(resolve));
  return { lanes, clock, enter, pass, elapse, settled, flush, ticking: () => tick !== undefined };
}

describe('WebhookLanes', () => {
  it('lets as many in as the webhook allows, and the next when one leaves', async () => {
    const { lanes, pass, enter, settled, flush } = setup();
    const first = pass('w');
    pass('w');
    expect(enter('w')).toBeInstanceOf(Promise);
    expect(pass('other').kind).toBe('entered');
    first.leave(true);
    await flush();
    expect(settled).toMatchObject([{ kind: 'entered' }]);
    expect(lanes.running).toBe(3);
  });

  it('hands over what waits when nothing has ended for a second, and what comes after it at once', async () => {
    const { pass, enter, elapse, settled, flush, clock, ticking } = setup();
    pass('w');
    pass('w');
    for (let n = 0; n < 5; n++) void enter('w');
    await elapse(900);
    expect(settled).toHaveLength(0);
    await elapse(200);
    await flush();
    expect(settled).toHaveLength(5);
    const dues = settled.map((entry) => (entry.kind === 'away' ? entry.dueAt - clock.time : NaN));
    expect(settled).toMatchObject(Array(5).fill({ kind: 'away', cause: 'lane-full' }));
    expect(dues.every((due) => due >= 2000)).toBe(true);
    expect(new Set(dues).size).toBe(5);
    expect(enter('w')).toMatchObject({ kind: 'away', cause: 'lane-full' });
    expect(ticking()).toBe(false);
  });

  it('does not take a process that stood still for a receiver that does', async () => {
    const { pass, enter, elapse, settled, clock } = setup();
    pass('w');
    pass('w');
    void enter('w');
    clock.time += 8000;
    await elapse(100);
    expect(settled).toHaveLength(0);
  });

  it('queues thousands for a lane that works them off soon, also at first, when everything takes long', async () => {
    const { pass, enter, elapse, settled, clock, lanes } = setup();
    const running: Pass[] = Array.from({ length: 10 }, () => pass('w', { maxInFlight: 10 }));
    const entered = (entry: Entry) => void (entry.kind === 'entered' && running.push(entry));
    for (let n = 0; n < 5000; n++) void Promise.resolve(enter('w', { maxInFlight: 10 })).then(entered);
    clock.time += 900;
    // 20 ends in each tick of 50 ms: 400 a second.
    for (let tick = 0; tick < 100; tick++) {
      for (let n = 0; n < 20; n++) {
        running.shift()!.leave(true);
        await Promise.resolve();
        await Promise.resolve();
      }
      await elapse(50);
    }
    expect([lanes.waiting, settled.every(({ kind }) => kind === 'entered')]).toEqual([3000, true]);
  });

  it('hands over what a slow lane would get to after many seconds only, and the longer the more often it waited', async () => {
    const { pass, enter, elapse, settled, flush, clock, lanes } = setup();
    const running: Pass[] = [pass('w'), pass('w')];
    for (let n = 0; n < 100; n++) {
      void Promise.resolve(enter('w')).then((entry) => void (entry.kind === 'entered' && running.push(entry)));
    }
    // Two a second, for four seconds.
    for (let end = 0; end < 8; end++) {
      await elapse(500);
      running.shift()!.leave(true);
      await flush();
    }
    const away = settled.filter(({ kind }) => kind === 'away');
    expect(away.length).toBeGreaterThan(40);
    expect(lanes.waiting + 8 + away.length).toBe(100);
    const dueInMs = (wait: number) => {
      const entry = enter('w', { wait });
      return entry instanceof Promise || entry.kind !== 'away' ? NaN : entry.dueAt - clock.time;
    };
    expect([dueInMs(0) <= 5000, dueInMs(0) >= 2000, dueInMs(6) > 10_000]).toEqual([true, true, true]);
  });

  /** Attempts end at a pace while five more come for each that ends. */
  async function flood(utilization: number, endsPerTick: number): Promise<{ waiting: number; away: number; mostWaiting: number }> {
    const { pass, enter, elapse, lanes, flush } = setup(1000, () => utilization);
    const running: Pass[] = Array.from({ length: 10 }, () => pass('w', { maxInFlight: 10 }));
    let away = 0;
    let mostWaiting = 0;
    const come = () =>
      void Promise.resolve(enter('w', { maxInFlight: 10 })).then((entry) => {
        if (entry.kind === 'entered') running.push(entry);
        else away++;
      });
    for (let tick = 0; tick < 50; tick++) {
      for (let n = 0; n < 100; n++) come();
      for (let n = 0; n < endsPerTick; n++) {
        running.shift()!.leave(true);
        await flush();
      }
      await elapse(50);
      await flush();
      mostWaiting = Math.max(mostWaiting, lanes.waiting);
    }
    return { waiting: lanes.waiting, away, mostWaiting };
  }

  it('hands over the flood of one webhook that is slow while this process has time, and keeps what comes soon', async () => {
    const { waiting, away, mostWaiting } = await flood(0.3, 1);
    expect([waiting > 200 && waiting <= 250, mostWaiting < 1000, away > 4000]).toEqual([true, true, true]);
  });

  it('keeps the same when it is this process that is slow', async () => {
    const { away, waiting } = await flood(0.99, 5);
    expect([away, waiting]).toEqual([0, 5000 - 250]);
  });

  it('keeps the burst of a webhook that is quick', async () => {
    expect((await flood(0.3, 99)).away).toBe(0);
  });

  it('lets go what waits when its partition may move, and nothing else', async () => {
    const { pass, enter, settled, flush, lanes } = setup();
    const [moving, staying] = [new AbortController(), new AbortController()];
    for (const id of ['w', 'x']) for (let n = 0; n < 2; n++) pass(id);
    void enter('w', { draining: moving.signal });
    void enter('x', { draining: staying.signal });
    moving.abort();
    await flush();
    expect(settled).toEqual([{ kind: 'draining' }]);
    expect([lanes.waiting, lanes.running]).toEqual([1, 4]);
    expect(enter('y', { draining: moving.signal })).toEqual({ kind: 'draining' });
  });

  it('keeps to the rate of a webhook, and hands over what is due after ten seconds, spread by the rate', async () => {
    const { pass, enter, elapse, settled, clock, flush } = setup();
    pass('w', { maxInFlight: 100, perSecond: 2 }).leave(true);
    const entries = Array.from({ length: 30 }, () => enter('w', { maxInFlight: 100, perSecond: 2 }));
    for (const entry of entries) void Promise.resolve(entry).then((found) => found.kind === 'entered' && found.leave(true));
    const away = entries.flatMap((entry) => (entry instanceof Promise || entry.kind !== 'away' ? [] : [entry]));
    expect(away.length).toBe(10);
    expect(away.every(({ cause }) => cause === 'rate-limited')).toBe(true);
    expect(away[1]!.dueAt - away[0]!.dueAt).toBe(500);
    expect(away[0]!.dueAt - clock.time).toBeGreaterThan(10_000);
    await elapse(3000);
    await flush();
    expect(settled.filter(({ kind }) => kind === 'entered').length).toBe(6);
  });

  it('tells those that wait when their webhook has changed, or the process ends', async () => {
    const { lanes, pass, enter, settled, flush } = setup();
    pass('w');
    pass('w');
    void enter('w');
    lanes.reexamine('w');
    await flush();
    void enter('w');
    lanes.close();
    await flush();
    expect(settled).toEqual([{ kind: 'again' }, { kind: 'closing' }]);
    expect(enter('other')).toEqual({ kind: 'closing' });
  });

  it('has room for the others while one account’s thousand requests hang', () => {
    const { pass, enter, lanes } = setup(2000);
    for (let webhook = 0; webhook < 2000; webhook++)
      for (let n = 0; n < 10; n++) void enter(`hanging-${webhook}`, { accountId: 'flood', maxInFlight: 10 });
    expect(lanes.running).toBe(1500);
    expect(pass('well', { accountId: 'b' }).kind).toBe('entered');
  });

  it('gives shared room to accounts in turn', async () => {
    const { pass, enter, flush, settled, lanes } = setup(2);
    const held = [pass('x', { accountId: 'x' }), pass('y', { accountId: 'y' })];
    const order: string[] = [];
    const want = (id: string, accountId: string) =>
      void Promise.resolve(enter(id, { accountId })).then((entry) => {
        order.push(accountId);
        if (entry.kind === 'entered') setImmediate(() => entry.leave(true));
      });
    for (let n = 0; n < 6; n++) want(`flood-${n}`, 'flood');
    want('quiet', 'quiet');
    for (const pass of held) pass.leave(true);
    for (let n = 0; n < 20; n++) await flush();
    expect(order).toHaveLength(7);
    expect(order.indexOf('quiet')).toBeLessThan(3);
    expect([lanes.running, lanes.waiting, settled.length]).toEqual([0, 0, 7]);
  });
});

describe('what was sent before and is sent again', () => {
  const again = { behind: true };

  it('leaves half of the lane to what is new, which is begun at once', () => {
    const { pass, enter, lanes } = setup();
    for (let n = 0; n < 5; n++) pass('w', { ...again, maxInFlight: 10 });
    expect(enter('w', { ...again, maxInFlight: 10 })).toBeInstanceOf(Promise);
    pass('w', { maxInFlight: 10 });
    expect([lanes.running, lanes.waiting]).toEqual([6, 1]);
  });

  it('waits behind what is new, however late that comes', async () => {
    const { pass, enter, flush, lanes } = setup();
    const running = [pass('w'), pass('w')];
    const order: string[] = [];
    const want = (name: string, changes = {}) => void Promise.resolve(enter('w', changes)).then((entry) => {
      order.push(name);
      if (entry.kind === 'entered') running.push(entry);
    }); // prettier-ignore
    want('again', again);
    want('again too', again);
    want('new');
    want('newer');
    for (let n = 0; n < 5; n++) {
      running.shift()!.leave(true);
      await flush();
    }
    expect(order).toEqual(['new', 'newer', 'again', 'again too']);
    expect(lanes.waiting).toBe(0);
  });

  it('has one place in a lane of one, when nothing is new', async () => {
    const { pass, enter, flush, settled } = setup();
    const first = pass('w', { ...again, maxInFlight: 1 });
    void enter('w', { ...again, maxInFlight: 1 });
    first.leave(true);
    await flush();
    expect(settled).toMatchObject([{ kind: 'entered' }]);
  });

  it('goes to the due table when too much of it waits, or for too long, and what is new stays', async () => {
    const { pass, enter, elapse, flush, settled, lanes } = setup();
    pass('w');
    const running = [pass('w')];
    for (let n = 0; n < 100; n++) void enter('w', again);
    expect(enter('w', again)).toMatchObject({ kind: 'away' });
    for (let half = 0; half < 24; half++) {
      // What is new comes as fast as the lane works.
      void Promise.resolve(enter('w')).then((entry) => entry.kind === 'entered' && running.push(entry));
      await elapse(500);
      running.shift()!.leave(true);
      await flush();
    }
    const away = settled.filter(({ kind }) => kind === 'away');
    expect([away.length, lanes.waiting]).toEqual([100, 0]);
  });
});
