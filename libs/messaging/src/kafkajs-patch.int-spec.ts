import { createHook } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Broker from 'kafkajs/src/broker/index.js';
import { eventually } from '#libs/testing';
import type { ReceivedRecord } from '#libs/contracts';
import { DONE } from './handler.js';
import { aRecord, textOf } from './testing-support/a-record.js';
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

  it('joins again before it goes on when the coordinator did not let it in, as one that is just loading the group', async () => {
    const topic = await bench.topic();
    const handed: string[] = [];
    const handle = (records: readonly ReceivedRecord[]) => records.map((record) => (handed.push(textOf(record)), DONE));
    const runner = bench.run(topic, handle, { membership: { heartbeatMs: 200, longPollMs: 100 } });
    await eventually(() => runner.health().ready);
    const refusal = (type: string) => Object.assign(new Error(type), { name: 'KafkaJSProtocolError', type, retriable: true });
    const join = jest.spyOn(Broker.prototype, 'joinGroup').mockRejectedValueOnce(refusal('GROUP_LOAD_IN_PROGRESS'));
    const beat = jest.spyOn(Broker.prototype, 'heartbeat').mockRejectedValueOnce(refusal('NOT_COORDINATOR_FOR_GROUP'));
    await eventually(() => join.mock.calls.length > 0);
    await bench.publishAll(topic, [aRecord('key', 'after')]);
    await eventually(() => handed.includes('after') && runner.health().ready);
    for (const spy of [join, beat]) spy.mockRestore();
  });
});
