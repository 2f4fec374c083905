import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryAttemptedV1, EndpointHealthV1 } from '#libs/contracts';
import { decide } from './decision.js';
import type { Notice } from './notice.js';
import { learnAttempt, learnHealth, QUIET, type Standing } from './standing.js';
import { aHealth, anAttempt, aSuccess } from './testing-support/news.js';

const T0 = Date.parse('2026-11-21T10:00:00Z');
const MIN = 60_000;
const HOUR = 60 * MIN;
const DIGEST = 15 * MIN;

/** One webhook over time: decides at once after what happens, and whenever the last decision asked to look again. */
class Story {
  standing: Standing = QUIET;
  readonly told: { readonly minute: number; readonly notice: Notice }[] = [];
  private nextMs: number | null = null;

  constructor(private readonly digestMs = DIGEST) {}

  fails(minute: number, overrides: Partial<DeliveryAttemptedV1> = {}): this {
    return this.at(minute, (now) => learnAttempt(this.standing, anAttempt(now, overrides)));
  }

  works(minute: number): this {
    return this.at(minute, (now) => learnAttempt(this.standing, aSuccess(now)));
  }

  health(minute: number, overrides: Partial<EndpointHealthV1>): this {
    return this.at(minute, (now) => learnHealth(this.standing, aHealth(now, overrides)));
  }

  passes(minute: number): this {
    return this.at(minute, () => this.standing);
  }

  get kinds(): string[] {
    return this.told.map(({ minute, notice }) => `${minute} ${notice.kind}`);
  }

  private at(minute: number, learn: (now: number) => Standing): this {
    const until = T0 + minute * MIN;
    while (this.nextMs !== null && this.nextMs <= until) this.decide(this.nextMs);
    this.standing = learn(until);
    this.decide(until);
    return this;
  }

  private decide(now: number): void {
    const { notices, standing, nextMs } = decide(this.standing, this.digestMs, now);
    this.standing = standing;
    this.nextMs = nextMs;
    for (const notice of notices) this.told.push({ minute: (now - T0) / MIN, notice });
  }
}

describe('notices about failures', () => {
  it('the first at once, then one digest after the pause, with what failed meanwhile', () => {
    const story = new Story().fails(0).fails(1).fails(2).passes(40);
    expect(story.kinds).toEqual(['0 failure', '15 digest']);
    expect(story.told[1]!.notice).toMatchObject({ gathered: { count: 2, givenUp: 0 }, worksAgain: false });
  });

  it('one digest in each pause while failures go on', () => {
    const story = new Story();
    for (let minute = 0; minute <= 60; minute++) story.fails(minute);
    expect(story.kinds).toEqual(['0 failure', '15 digest', '30 digest', '45 digest', '60 digest']);
    expect(story.told.slice(1).map(({ notice }) => notice.kind === 'digest' && notice.gathered.count)).toEqual([14, 15, 15, 15]);
  });

  it('one that did not have to wait at once', () => {
    expect(new Story().fails(0).fails(20).fails(50).kinds).toEqual(['0 failure', '20 failure', '50 failure']);
  });

  it('of a burst one, and the rest in the digest', () => {
    const story = new Story();
    for (let i = 0; i < 50; i++) story.standing = learnAttempt(story.standing, anAttempt(T0 + i, { nextAttemptAt: null }));
    story.passes(1).passes(30);
    expect(story.kinds).toEqual(['1 failure', '16 digest']);
    const [, digest] = story.told;
    expect(digest!.notice).toMatchObject({ gathered: { count: 49, givenUp: 49 } });
  });

  it('each one when nothing is to be gathered', () => {
    expect(new Story(0).fails(0).fails(1).fails(2).kinds).toEqual(['0 failure', '1 failure', '2 failure']);
  });

  it('none about what happened more than a day ago', () => {
    const story = new Story();
    story.standing = learnAttempt(QUIET, anAttempt(T0 - 25 * HOUR));
    expect(story.passes(0).kinds).toEqual([]);
  });

  it('at most one within each pause, whatever happens', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (events) => {
        const story = new Story();
        let minute = 0;
        for (const [pause, fails] of events) {
          minute += pause;
          if (fails) story.fails(minute);
          else story.works(minute);
        }
        story.passes(minute + 60);
        for (const about of [['failure', 'digest'], ['recovered']]) {
          const minutes = story.told.filter(({ notice }) => about.includes(notice.kind)).map((each) => each.minute);
          for (const [i, each] of minutes.entries()) if (i > 0) expect(each - minutes[i - 1]!).toBeGreaterThanOrEqual(15);
        }
        const failures = events.filter(([, fails]) => fails).length;
        const counted = story.told.map(({ notice }) =>
          notice.kind === 'failure' ? 1 : notice.kind === 'digest' ? notice.gathered.count : 0,
        );
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(failures);
      }),
    );
  });
});

describe('notices about recoveries', () => {
  it('at once, after a failure was told of', () => {
    expect(new Story().fails(0).works(1).kinds).toEqual(['0 failure', '1 recovered']);
  });

  it('none when nothing had failed', () => {
    expect(new Story().works(0).works(1).kinds).toEqual([]);
  });

  it('a flapping webhook gets no flood', () => {
    const story = new Story();
    for (let minute = 0; minute < 60; minute += 2) story.fails(minute).works(minute + 1);
    const kinds = ['0 failure', '1 recovered', '15 digest', '16 recovered', '30 digest', '45 digest', '45 recovered'];
    expect(story.kinds).toEqual(kinds);
  });

  it('a digest that says so itself is followed by none', () => {
    const story = new Story().fails(0).works(1).fails(2).works(3).passes(60);
    expect(story.kinds).toEqual(['0 failure', '1 recovered', '15 digest']);
    expect(story.told[2]!.notice).toMatchObject({ worksAgain: true });
  });

  it('nothing is remembered once all is well and the pauses are over', () => {
    expect(new Story().fails(0).works(1).passes(20).standing).toBe(QUIET);
  });
});

describe('notices about endpoints', () => {
  it('a circuit that is open for an hour once, though probes half-open it', () => {
    const story = new Story().health(0, {}).health(10, { circuit: 'half-open' }).health(11, {}).passes(59);
    expect(story.kinds).toEqual([]);
    expect(story.passes(60).health(90, { openings: 9 }).passes(300).kinds).toEqual(['60 circuit-open']);
  });

  it('none about a circuit that closed within the hour', () => {
    expect(new Story().health(0, {}).health(30, { circuit: 'closed', failingSince: null }).passes(120).kinds).toEqual([]);
  });

  it('each warning before auto-disable once, then the disabling', () => {
    const story = new Story();
    for (const [i, warnedPercent] of [50, 50, 70, 90, 90].entries()) story.health(i, { warnedPercent });
    story.health(10, { warnedPercent: 90, autoDisabled: 'failing' }).health(11, { warnedPercent: 90, autoDisabled: 'failing' }).passes(200);
    expect(story.kinds).toEqual(['0 disable-warning', '2 disable-warning', '3 disable-warning', '10 disabled']);
  });

  it('a disabling again after it was enabled in between', () => {
    const story = new Story().health(0, { autoDisabled: 'gone' }).health(1, { circuit: 'closed' }).health(2, { autoDisabled: 'gone' });
    expect(story.kinds).toEqual(['0 disabled', '2 disabled']);
  });
});
