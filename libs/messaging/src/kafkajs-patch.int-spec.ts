import { createHook } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { DONE } from './handler.js';
import { KafkaBench } from './testing-support/kafka-bench.js';

describe('kafkajs as patched', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  it('lets an idle consumer rest: a few timers a second, not a thousand per connection', async () => {
    const topic = await bench.topic();
    const runner = bench.run(topic, (records) => records.map(() => DONE), {
      membership: { sessionMs: 6_000, heartbeatMs: 1_000, longPollMs: 500 },
    });
    await eventually(() => runner.health().ready);
    let timers = 0;
    const hook = createHook({
      init: (_id, type) => {
        if (type === 'Timeout') timers++;
      },
    });
    // A second as the broker's clock counts it: two long polls that find nothing.
    let polls = 0;
    const { ticked } = runner;
    runner.ticked = () => {
      polls++;
      ticked.call(runner);
    };
    await eventually(() => polls >= 1);
    hook.enable();
    const from = polls;
    await eventually(() => polls >= from + 2, { intervalMs: 200 });
    hook.disable();
    // Unpatched: about 1,000 a second for each of the connections.
    expect(timers).toBeLessThan(50);
  });
});
