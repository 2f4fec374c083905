import { describe, expect, it } from '@jest/globals';
import { failed, HealthStage, ownership, REFUSED, START, SUCCEEDED } from './testing-support/health-stage.js';

const times = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one);
const iso = (time: number): string => new Date(time).toISOString();
const DAY_MS = 86_400_000;

describe('EndpointHealthService: opening', () => {
  it('keeps nothing of an endpoint that never failed', () => {
    const stage = new HealthStage().attempt(SUCCEEDED, SUCCEEDED);
    expect(stage.told).toEqual([]);
    expect(stage.circuit).toBe('closed');
  });

  it.each([
    ['5xx', () => failed(503)],
    ['timeouts and transport errors', () => failed(null)],
  ])('opens at the fifth of %s in a row, not at the fourth', (_name, failure) => {
    const stage = new HealthStage().attempt(...times(4, failure));
    expect(stage.circuit).toBe('closed');
    stage.attempt(failure());
    expect(stage.circuit).toBe('open');
    expect(stage.admit()).toEqual({ kind: 'hold', until: START + 30_000 });
  });

  it('opens at half of twenty in the window, not at half of nineteen', () => {
    const stage = new HealthStage().attempt(failed());
    for (let n = 0; n < 9; n++) stage.attempt(SUCCEEDED, failed());
    expect(stage.circuit).toBe('closed');
    stage.attempt(SUCCEEDED, failed());
    expect(stage.circuit).toBe('open');
  });

  it('forgets what lies before the window', () => {
    const stage = new HealthStage().attempt(failed());
    for (let n = 0; n < 9; n++) stage.attempt(SUCCEEDED, failed());
    stage.pass(60_000);
    stage.attempt(SUCCEEDED, failed(), SUCCEEDED, failed());
    expect(stage.circuit).toBe('closed');
  });

  it.each([
    ['4xx', failed(404)],
    ['429', failed(429)],
    ['a refusal of our own policy', REFUSED],
  ])('is not opened by %s, however many', (_name, result) => {
    expect(new HealthStage().attempt(...times(100, () => result)).circuit).toBe('closed');
  });

  it('counts five in a row across results that do not count', () => {
    const stage = new HealthStage().attempt(failed(), failed(404), failed(), REFUSED, failed(), failed());
    expect(stage.circuit).toBe('closed');
    expect(stage.attempt(failed()).circuit).toBe('open');
  });

  it('opens at once for 410, and says that the webhook is to be disabled', () => {
    const stage = new HealthStage().attempt(failed(410));
    expect(stage.circuit).toBe('open');
    expect(stage.last).toMatchObject({ circuit: 'open', autoDisabled: 'gone', lastStatusCode: 410 });
  });

  it('opens one circuit and leaves the others closed', () => {
    const stage = new HealthStage();
    const other = stage.aWebhook();
    stage.open();
    expect(stage.admit(other).kind).toBe('go');
  });
});

describe('EndpointHealthService: an open circuit', () => {
  it('gives no leave before its time, and then exactly one probe', () => {
    const stage = new HealthStage().open().pass(29_999);
    expect(stage.admit().kind).toBe('hold');
    stage.pass(1);
    expect(stage.permit().probe).toBe(true);
    expect(times(20, () => stage.admit().kind)).toEqual(times(20, () => 'hold'));
    expect(stage.circuit).toBe('half-open');
  });

  it('tells only a few deliveries the time of the probe, and spreads the others behind it', () => {
    const stage = new HealthStage({}, () => 0.5).open();
    const holds = times(10, () => stage.admit()).map((admission) => (admission.kind === 'hold' ? admission.until : 0));
    expect(holds.filter((until) => until === START + 30_000)).toHaveLength(3);
    expect(holds.filter((until) => until === START + 60_000)).toHaveLength(7);
  });

  it('doubles its time with each probe that fails, up to fifteen minutes', () => {
    const stage = new HealthStage().open();
    const waits: number[] = [];
    for (let n = 0; n < 8; n++) {
      const wait = Date.parse(stage.last.nextProbeAt!) - stage.clock.time;
      waits.push(wait / 1000);
      stage.pass(wait).attempt(failed());
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it.each([
    ['2xx', SUCCEEDED],
    ['404: the endpoint is alive', failed(404)],
    ['429', failed(429)],
  ])('closes when the probe is answered with %s', (_name, result) => {
    const stage = new HealthStage().open().pass(30_000).attempt(result);
    expect(stage.circuit).toBe('closed');
    expect(stage.last).toMatchObject({ circuit: 'closed', openings: 0, consecutiveFailures: 0, nextProbeAt: null });
    expect(stage.closed).toEqual([stage.webhook.id]);
  });

  it('probes again after a refusal of our own policy, which proves nothing, without waiting longer', () => {
    const stage = new HealthStage().open().pass(30_000).attempt(failed()).pass(60_000).attempt(REFUSED);
    expect(stage.last).toMatchObject({ circuit: 'open', openings: 2, nextProbeAt: iso(stage.clock.time + 30_000) });
  });

  it('gives the place of a probe that was not made to the next one', () => {
    const stage = new HealthStage().open().pass(30_000);
    stage.permit().abandon();
    expect(stage.circuit).toBe('open');
    expect(stage.permit().probe).toBe(true);
  });

  it('gives the place of a probe that was never heard of again to another, and ignores what the first says then', () => {
    const stage = new HealthStage().open().pass(30_000);
    const lost = stage.permit();
    stage.pass(120_000);
    const probe = stage.permit();
    expect(probe.probe).toBe(true);
    lost.settle(SUCCEEDED);
    expect(stage.circuit).toBe('half-open');
    probe.settle(SUCCEEDED);
    expect(stage.circuit).toBe('closed');
  });

  it('is neither closed nor opened by the result of an attempt that began before its last change', () => {
    const stage = new HealthStage();
    const early = times(20, () => stage.permit());
    stage.open();
    early.pop()!.settle(SUCCEEDED);
    expect(stage.circuit).toBe('open');
    stage.pass(30_000);
    const probe = stage.permit();
    early.pop()!.settle(SUCCEEDED);
    expect(stage.circuit).toBe('half-open');
    probe.settle(SUCCEEDED);
    early.forEach((permit) => permit.settle(failed()));
    expect(stage.circuit).toBe('closed');
  });

  it('lets the first end of a permit count', () => {
    const stage = new HealthStage().open().pass(30_000);
    const probe = stage.permit();
    probe.settle(failed());
    probe.settle(SUCCEEDED);
    probe.abandon();
    expect(stage.circuit).toBe('open');
  });

  it('probes at once on command', () => {
    const stage = new HealthStage().open();
    stage.service.probe(stage.webhook.id);
    expect(stage.permit().probe).toBe(true);
  });

  it('closes on the command to reset, and forgets what failed', () => {
    const stage = new HealthStage().open();
    stage.service.reset(stage.webhook.id);
    expect(stage.last).toMatchObject({ circuit: 'closed', failingSince: null, consecutiveFailures: 0, lastStatusCode: null });
    expect(stage.closed).toEqual([stage.webhook.id]);
  });

  it('does nothing on commands when all is well', () => {
    const stage = new HealthStage();
    stage.service.probe(stage.webhook.id);
    stage.service.reset(stage.webhook.id);
    expect(stage.told).toEqual([]);
  });
});

describe('EndpointHealthService: after closing', () => {
  const reopened = (): HealthStage => new HealthStage().open().pass(30_000).attempt(SUCCEEDED);
  const atOnce = (stage: HealthStage): number => {
    const permits = [];
    for (let admission = stage.admit(); admission.kind === 'go' && permits.length < 500; admission = stage.admit())
      permits.push(admission.permit);
    permits.forEach((permit) => permit.settle(SUCCEEDED));
    return permits.length;
  };

  it('lets one attempt through, then two, four, …, and holds the others for a moment', () => {
    const stage = reopened();
    expect(times(8, () => atOnce(stage))).toEqual([1, 2, 4, 8, 16, 32, 64, 500]);
    const slow = reopened();
    slow.permit();
    expect(slow.admit()).toEqual({ kind: 'hold', until: slow.clock.time + 250 });
  });

  it('lets half as many through after a failure', () => {
    const stage = reopened();
    times(4, () => atOnce(stage));
    stage.attempt(failed());
    expect(atOnce(stage)).toBe(8);
  });

  it('says so once more when the slow start is over', () => {
    const stage = reopened();
    times(8, () => atOnce(stage));
    expect(stage.closed).toEqual([stage.webhook.id, stage.webhook.id]);
  });

  it('does not count attempts that were not made', () => {
    const stage = reopened();
    times(10, () => stage.permit().abandon());
    expect(atOnce(stage)).toBe(1);
  });

  it('gives back what attempts that were never heard of again took', () => {
    const stage = reopened();
    stage.permit();
    expect(stage.pass(119_999).admit().kind).toBe('hold');
    expect(stage.pass(1).admit().kind).toBe('go');
  });
});

describe('EndpointHealthService: 429', () => {
  it('holds the webhook for its Retry-After, then begins slowly', () => {
    const stage = new HealthStage().attempt(failed(429, { retryAfterMs: 60_000 }));
    expect(stage.admit()).toEqual({ kind: 'hold', until: START + 60_000 });
    stage.pass(60_000).permit();
    expect(stage.admit().kind).toBe('hold');
  });

  it('heeds no more than a day', () => {
    const stage = new HealthStage().attempt(failed(429, { retryAfterMs: 1e12 }));
    expect(stage.admit()).toEqual({ kind: 'hold', until: START + DAY_MS });
  });

  it('holds nothing without a Retry-After, nor for one of another status', () => {
    expect(new HealthStage().attempt(failed(429), failed(429, { retryAfterMs: -5 })).admit().kind).toBe('go');
    expect(new HealthStage().attempt(failed(503, { retryAfterMs: 60_000 })).admit().kind).toBe('go');
  });
});

describe('EndpointHealthService: auto-disable', () => {
  it('warns at 50, 70 and 90 percent of five days of nothing but failures, then asks to disable', () => {
    const stage = new HealthStage().attempt(...times(10, () => failed(404)));
    const seen = [2.5, 3.5, 4.5, 5].map((days) => {
      stage.clock.time = START + days * DAY_MS;
      const { warnedPercent, autoDisabled } = stage.attempt(failed(404)).last;
      return [warnedPercent, autoDisabled];
    });
    expect(seen).toEqual([
      [50, null],
      [70, null],
      [90, null],
      [90, 'failing'],
    ]);
  });

  it('does not ask before ten failures, nor without a warning', () => {
    const stage = new HealthStage().attempt(failed(404)).pass(6 * DAY_MS);
    stage.attempt(...times(8, () => failed(404)));
    expect(stage.last).toMatchObject({ warnedPercent: 90, autoDisabled: null });
    expect(stage.attempt(failed(404)).last.autoDisabled).toBe('failing');
    const quiet = new HealthStage().attempt(...times(20, () => failed(404))).pass(6 * DAY_MS);
    expect(quiet.attempt(failed(404)).last).toMatchObject({ warnedPercent: 90, autoDisabled: null });
    expect(quiet.attempt(failed(404)).last.autoDisabled).toBe('failing');
  });

  it('begins anew after a success, and is not touched by our own faults', () => {
    const stage = new HealthStage().attempt(...times(10, () => failed(404))).pass(4 * DAY_MS);
    stage.attempt(SUCCEEDED, failed(404)).pass(2 * DAY_MS);
    expect(stage.attempt(failed(404)).last).toMatchObject({ warnedPercent: 0, autoDisabled: null });
    expect(new HealthStage().attempt(...times(20, () => REFUSED)).told).toEqual([]);
  });

  it('begins anew when the webhook is enabled again', () => {
    const stage = new HealthStage().attempt(failed(410));
    const disabled = { ...stage.webhook, version: 2, status: 'disabled' as const };
    stage.service.webhookChanged(stage.webhook.id, disabled, stage.webhook);
    expect(stage.last.autoDisabled).toBe('gone');
    stage.service.webhookChanged(stage.webhook.id, { ...stage.webhook, version: 3 }, disabled);
    expect(stage.last).toMatchObject({ autoDisabled: null, circuit: 'closed' });
    expect(stage.admit().kind).toBe('go');
  });

  it('begins anew when the webhook was enabled while nobody looked', () => {
    const stage = new HealthStage().attempt(failed(410));
    stage.move();
    stage.aWebhook({ ...stage.webhook, version: 3, updatedAt: iso(START + 1000) });
    stage.pass(2000);
    expect(stage.admit().kind).toBe('go');
    expect(stage.last).toMatchObject({ autoDisabled: null, circuit: 'closed' });
  });

  it('begins anew with another URL, and not with another name', () => {
    const stage = new HealthStage().open();
    stage.service.webhookChanged(stage.webhook.id, { ...stage.webhook, name: 'Other' }, stage.webhook);
    expect(stage.circuit).toBe('open');
    stage.service.webhookChanged(stage.webhook.id, { ...stage.webhook, url: 'https://other.example' }, stage.webhook);
    expect(stage.circuit).toBe('closed');
  });
});

describe('EndpointHealthService: the topic', () => {
  it('tells the first failure, each change of the circuit and the recovery, with rising versions', () => {
    const stage = new HealthStage().open().pass(30_000).attempt(failed()).pass(60_000).attempt(SUCCEEDED);
    expect(stage.told.map(({ circuit, failingSince }) => [circuit, failingSince !== null])).toEqual([
      ['closed', true],
      ['open', true],
      ['half-open', true],
      ['open', true],
      ['half-open', true],
      ['closed', false],
    ]);
    const versions = stage.told.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it('tells of a success that comes while the circuit is tried', () => {
    const stage = new HealthStage();
    const late = stage.permit();
    stage.open().pass(30_000).permit();
    late.settle(SUCCEEDED);
    expect(stage.last).toMatchObject({ circuit: 'half-open', failingSince: null });
  });

  it('tells one probe, however many were given up before one was made', () => {
    const stage = new HealthStage().open().pass(30_000);
    for (let n = 0; n < 100; n++) stage.permit().abandon();
    stage.attempt(failed());
    expect(stage.told.map(({ circuit }) => circuit)).toEqual(['closed', 'open', 'half-open', 'open']);
  });

  it('tells no more than two records a minute of an endpoint that fails now and then', () => {
    const stage = new HealthStage();
    for (let second = 0; second < 600; second++) stage.pass(1000).attempt(failed(404), SUCCEEDED);
    expect(stage.told.length).toBeLessThanOrEqual(22);
    expect(stage.last.failingSince).toBeNull();
  });

  it('lets a new owner go on with the true opening time and count', () => {
    const stage = new HealthStage().open().pass(30_000).attempt(failed());
    const openedAt = stage.clock.time;
    stage.pass(10_000).move();
    expect(stage.circuit).toBe('open');
    expect(stage.admit()).toEqual({ kind: 'hold', until: openedAt + 60_000 });
    stage.pass(50_000).attempt(failed());
    expect(stage.last).toMatchObject({ openings: 3, nextProbeAt: iso(stage.clock.time + 120_000), consecutiveFailures: 7 });
  });

  it('makes the next probe due when the owner is lost in the middle of one', () => {
    const stage = new HealthStage().open().pass(30_000);
    stage.permit();
    stage.move();
    expect(stage.permit().probe).toBe(true);
  });

  it('lets a new owner go on with the failing streak', () => {
    const stage = new HealthStage().attempt(failed(), failed()).pass(DAY_MS);
    stage.move();
    stage.attempt(failed());
    expect(stage.service.circuitOf(stage.webhook.id)).toBe('closed');
    expect(
      stage
        .pass(60_000)
        .attempt(failed(404))
        .told.every(({ failingSince }) => failingSince === iso(START)),
    ).toBe(true);
  });

  it('goes on from the record of the owner before when that arrives late', () => {
    const stage = new HealthStage();
    const late = stage.permit();
    stage.open();
    const record = stage.published.records.at(-1)!.record;
    stage.topic.records.clear();
    stage.pass(1000).move();
    expect(stage.admit().kind).toBe('go');
    stage.topic.apply(record);
    expect(stage.admit().kind).toBe('hold');
    late.settle(SUCCEEDED);
    expect(stage.circuit).toBe('open');
  });

  it('writes versions above those of the owner before, read or not', () => {
    const stage = new HealthStage().open();
    const { version } = stage.last;
    stage.topic.records.clear();
    stage.pass(1000).move();
    stage.attempt(failed());
    expect(stage.last.version).toBeGreaterThan(version);
  });

  it('forgets what it knew when its partition is lost, and tells nothing any more', () => {
    const stage = new HealthStage().open().pass(30_000);
    const probe = stage.permit();
    const count = stage.told.length;
    stage.context.end();
    probe.settle(SUCCEEDED);
    expect(stage.told).toHaveLength(count);
    stage.context = ownership();
    expect(stage.permit().probe).toBe(true);
  });

  it('holds everything until the topic is read', () => {
    const stage = new HealthStage();
    stage.topic.ready = false;
    expect(stage.admit()).toEqual({ kind: 'hold', until: START + 1000 });
  });

  it('leaves a tombstone for a deleted webhook, above every record, and takes no more results in', () => {
    const stage = new HealthStage();
    const late = stage.permit();
    stage.open();
    stage.directory.webhooks.delete(stage.webhook.id);
    stage.service.webhookChanged(stage.webhook.id, undefined, stage.webhook);
    expect(stage.published.on('health').at(-1)!.value).toBeNull();
    expect(stage.topic.find(stage.webhook.id)).toBeUndefined();
    late.settle(failed());
    expect(stage.topic.find(stage.webhook.id)).toBeUndefined();
  });

  it('leaves tombstones for webhooks that were deleted while nobody looked', () => {
    const stage = new HealthStage().open();
    stage.directory.webhooks.clear();
    stage.pass(60_001);
    stage.start();
    stage.topic.load();
    expect(stage.topic.records.size).toBe(0);
  });
});
