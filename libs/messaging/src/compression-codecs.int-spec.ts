import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { DONE } from './handler.js';
import { textOf } from './testing-support/a-record.js';
import { KafkaBench } from './testing-support/kafka-bench.js';

const hasKcat = (() => {
  try {
    execFileSync('kcat', ['-V']);
    return true;
  } catch {
    process.stderr.write('SKIPPED: records of another producer, because kcat is not installed\n');
    return false;
  }
})();

(hasKcat ? describe : describe.skip)('records that another producer compressed', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('are read by consumers and views: %s', async (codec) => {
    const topic = await bench.topic();
    const lines = Array.from({ length: 200 }, (_, i) => `${i}:${'compressible '.repeat(20)}`);
    const produced = promisify(execFile)('kcat', [
      '-P',
      '-b',
      bench.brokers.join(),
      '-t',
      topic,
      '-z',
      codec,
      '-k',
      'key',
      '-H',
      'ce_id=1',
    ]);
    produced.child.stdin!.end(lines.join('\n'));
    await produced;
    const seen: string[] = [];
    bench.run(topic, (records) => records.map((record) => (seen.push(textOf(record)), DONE)));
    await eventually(() => seen.length === lines.length);
    expect(seen).toEqual(lines);
    expect((await bench.read(topic)).map(textOf)).toEqual(lines);
  });
});
