// A consumer in a process of its own: copies each record of one topic to another. A record `wait` is copied only once the
// parent says so, and only if the partition is still this member's.
import type { ReceivedRecord } from '#libs/contracts';
import { ConsumerRunner } from '../consumer-runner.js';
import { DONE, retryLater, type BatchContext, type RecordOutcome } from '../handler.js';
import { KafkaConnection } from '../kafka-connection.js';
import { TEST_MEMBERSHIP } from './test-membership.js';

const [brokers, groupId, topic, copies] = process.argv.slice(2) as [string, string, string, string];
const tell = (message: string): unknown => process.send?.(message);

const connection = new KafkaConnection({ brokers: brokers.split(','), clientId: 'child' }, () => undefined);
let released!: () => void;
const release = new Promise<void>((resolve) => (released = resolve));
process.on('message', () => released());

async function copy(record: ReceivedRecord, context: BatchContext): Promise<RecordOutcome> {
  if (record.value?.toString() === 'wait') {
    tell('waiting');
    await release;
    if (context.lost()) {
      tell('lost');
      return retryLater(0);
    }
  }
  await connection.publisher.publish(copies, { key: record.key, value: record.value, headers: { by: 'child' } });
  return DONE;
}

new ConsumerRunner(
  connection,
  new Map([[topic, (records: readonly ReceivedRecord[], context: BatchContext) => records.map((record) => copy(record, context))]]),
  {
    groupId,
    deadLetterTopic: 'none',
    membership: TEST_MEMBERSHIP,
    commitIntervalMs: 20,
  },
).start();
