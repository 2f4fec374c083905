export interface BrokerPlace {
  readonly port: number;
  readonly controllerPort: number;
  /** Folder of the log segments. */
  readonly logDir: string;
}

const LARGEST_RECORD_BATCH = 10 * 1024 * 1024;
const SEGMENT = 32 * 1024 * 1024;

/** server.properties of one KRaft node that is broker and controller, loopback only, small enough for a laptop. */
export function brokerSettings({ port, controllerPort, logDir }: BrokerPlace): string {
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logDir.replaceAll('\\', '/'),

    'default.replication.factor': 1,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'num.partitions': 4,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.num.partitions': 4,
    'auto.create.topics.enable': false,
    'auto.leader.rebalance.enable': false,

    // A lone consumer group member is the rule here: nobody else is on the way.
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,

    // A broker that comes back after a kill waits for its own former session to end.
    'broker.session.timeout.ms': 1000,
    'broker.heartbeat.interval.ms': 250,

    // A topic sets its own max.message.bytes; the broker only must not be in its way. A segment has to hold a whole batch.
    'message.max.bytes': LARGEST_RECORD_BATCH,
    'replica.fetch.max.bytes': LARGEST_RECORD_BATCH,
    'log.segment.bytes': SEGMENT,
    'log.index.size.max.bytes': 512 * 1024,
    'offsets.topic.segment.bytes': SEGMENT,
    'transaction.state.log.segment.bytes': SEGMENT,
    'log.retention.hours': 168,
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,

    'num.network.threads': 2,
    'num.io.threads': 4,
    'num.recovery.threads.per.data.dir': 2,
    'background.threads': 4,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
