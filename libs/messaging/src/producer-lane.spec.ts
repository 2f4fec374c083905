import { describe, expect, it } from '@jest/globals';
import { PendingRecord } from './pending-record.js';
import { ProducerLane, type LaneLimits } from './producer-lane.js';
import { aRecord } from './testing-support/a-record.js';

const LIMITS: LaneLimits = { batchBytes: 10_000, batchRecords: 100, retryDelayMs: { first: 0, most: 1 } };

/** A lane on a broker of which the test answers each request. */
class Lane {
  readonly requests: { values: string[]; answer: (error?: object, written?: readonly string[]) => void }[] = [];
  readonly lane: ProducerLane;
  #arrived: (() => void)[] = [];

  constructor(limits: Partial<LaneLimits> = {}) {
    this.lane = new ProducerLane(
      'topic',
      (_topic, messages) =>
        new Promise((resolve, reject) => {
          this.requests.push({
            values: messages.map(({ value }) => value!.toString()),
            answer: (error, written = []) => {
              const known = new Set(messages.filter(({ value }) => written.includes(value!.toString())));
              if (error) reject(Object.assign(new Error('answered'), error, { cause: { written: known } }));
              else resolve();
            },
          });
          this.#arrived.shift()?.();
        }),
      { ...LIMITS, ...limits },
      () => undefined,
    );
  }

  publish(value: string, deadline = Infinity): Promise<string> {
    const pending = new PendingRecord(aRecord('k', value), deadline, () => undefined);
    this.lane.push(pending);
    return pending.promise.then(
      () => 'written',
      (error: { code: string }) => error.code,
    );
  }

  async request(number: number): Promise<(typeof this.requests)[0]> {
    while (this.requests.length <= number) await new Promise<void>((resolve) => this.#arrived.push(resolve));
    return this.requests[number]!;
  }
}

describe('ProducerLane', () => {
  it('sends at once when nothing is under way, and together what came while something was', async () => {
    const lane = new Lane();
    const first = lane.publish('1');
    const request = await lane.request(0);
    const others = ['2', '3', '4'].map((value) => lane.publish(value));
    request.answer();
    (await lane.request(1)).answer();
    await Promise.all([first, ...others]);
    expect(lane.requests.map(({ values }) => values)).toEqual([['1'], ['2', '3', '4']]);
  });

  it('sends records of one turn of the event loop in one request', async () => {
    const lane = new Lane();
    const all = ['1', '2', '3'].map((value) => lane.publish(value));
    (await lane.request(0)).answer();
    await Promise.all(all);
    expect(lane.requests.map(({ values }) => values)).toEqual([['1', '2', '3']]);
  });

  it('repeats a failed request before anything that came later', async () => {
    const lane = new Lane();
    const first = lane.publish('1');
    const request = await lane.request(0);
    const second = lane.publish('2');
    request.answer({ type: 'LEADER_NOT_AVAILABLE' });
    (await lane.request(1)).answer();
    (await lane.request(2)).answer();
    expect(await Promise.all([first, second])).toEqual(['written', 'written']);
    expect(lane.requests.map(({ values }) => values)).toEqual([['1'], ['1'], ['2']]);
  });

  it('repeats of a failed request only what was not written', async () => {
    const lane = new Lane();
    const all = ['1', '2', '3', '4'].map((value) => lane.publish(value));
    (await lane.request(0)).answer({ type: 'NOT_LEADER_FOR_PARTITION' }, ['2', '4']);
    expect(await Promise.all([all[1], all[3]])).toEqual(['written', 'written']);
    (await lane.request(1)).answer({ type: 'MESSAGE_TOO_LARGE' }, ['1']);
    expect(await Promise.all(all)).toEqual(['written', 'written', 'RECORD_TOO_LARGE', 'written']);
    expect(lane.requests.map(({ values }) => values)).toEqual([
      ['1', '2', '3', '4'],
      ['1', '3'],
    ]);
  });

  it('cuts requests by bytes and by number', async () => {
    const byBytes = new Lane();
    const large = ['a', 'b', 'c'].map((value) => byBytes.publish(value.repeat(4_000)));
    (await byBytes.request(0)).answer();
    (await byBytes.request(1)).answer();
    await Promise.all(large);
    expect(byBytes.requests.map(({ values }) => values.length)).toEqual([2, 1]);

    const byNumber = new Lane({ batchRecords: 2 });
    const many = ['1', '2', '3'].map((value) => byNumber.publish(value));
    (await byNumber.request(0)).answer();
    (await byNumber.request(1)).answer();
    await Promise.all(many);
    expect(byNumber.requests.map(({ values }) => values)).toEqual([['1', '2'], ['3']]);
  });

  it('finds the one record that the broker refuses by halving, in order', async () => {
    const lane = new Lane();
    const all = ['1', '2', 'bad', '4'].map((value) => lane.publish(value));
    const answerAll = async (): Promise<void> => {
      for (let i = 0; ; i++) {
        const { values, answer } = await lane.request(i);
        answer(values.includes('bad') ? { type: 'MESSAGE_TOO_LARGE' } : undefined);
      }
    };
    void answerAll();
    expect(await Promise.all(all)).toEqual(['written', 'written', 'RECORD_TOO_LARGE', 'written']);
    expect(lane.requests.map(({ values }) => values.join())).toEqual(['1,2,bad,4', '1,2', 'bad,4', 'bad', '4']);
  });

  it('answers what is past its deadline and does not send it again', async () => {
    const lane = new Lane();
    const late = lane.publish('late', 1_000);
    const request = await lane.request(0);
    const patient = lane.publish('patient');
    lane.lane.expire(1_000);
    expect(await late).toBe('BROKER_UNAVAILABLE');
    request.answer({ type: 'LEADER_NOT_AVAILABLE' });
    (await lane.request(1)).answer();
    expect(await patient).toBe('written');
    expect(lane.requests.map(({ values }) => values)).toEqual([['late'], ['patient']]);
  });

  it('refuses a record that cannot be encoded instead of trying for ever', async () => {
    const lane = new Lane();
    const broken = lane.publish('1');
    (await lane.request(0)).answer({ name: 'TypeError' });
    expect(await broken).toBe('RECORD_REFUSED');
  });
});
