import { Counter, Gauge, Histogram } from 'prom-client';

/** Prometheus metrics of every publisher and consumer of this process, in the default registry. */
export const metrics = {
  handled: new Counter({
    name: 'hookstream_records_handled_total',
    help: 'Records by what became of them',
    labelNames: ['group', 'topic', 'outcome'],
  }),
  deadLetters: new Counter({
    name: 'hookstream_dead_letters_total',
    help: 'Records written to the dead letters',
    labelNames: ['group', 'topic', 'reason'],
  }),
  lag: new Gauge({
    name: 'hookstream_consumer_lag_records',
    help: 'Records behind the end of the partition',
    labelNames: ['group', 'topic', 'partition'],
  }),
  watermark: new Gauge({
    name: 'hookstream_consumer_committed_offset',
    help: 'Last committed offset',
    labelNames: ['group', 'topic', 'partition'],
  }),
  unfinished: new Gauge({
    name: 'hookstream_consumer_unfinished_records',
    help: 'Records fetched and not finished',
    labelNames: ['group', 'topic', 'partition'],
  }),
  restarts: new Counter({
    name: 'hookstream_consumer_restarts_total',
    help: 'Consumers started anew after a crash',
    labelNames: ['group'],
  }),
  batchRecords: new Histogram({
    name: 'hookstream_publish_batch_records',
    help: 'Records per produce request',
    labelNames: ['topic'],
    buckets: [1, 2, 5, 10, 50, 100, 500, 1000, 2000],
  }),
  published: new Counter({
    name: 'hookstream_records_published_total',
    help: 'Records published by result',
    labelNames: ['topic', 'result'],
  }),
  backlogBytes: new Gauge({ name: 'hookstream_publisher_backlog_bytes', help: 'Bytes waiting for an acknowledgement' }),
  undecodable: new Counter({
    name: 'hookstream_view_undecodable_records_total',
    help: 'Records and record batches that a view skipped',
    labelNames: ['topic'],
  }),
  viewSize: new Gauge({ name: 'hookstream_view_entries', help: 'Entries of a view of a compacted topic', labelNames: ['topic'] }),
};
