import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandPath } from '../before-build/command-path.js';
import { hasKafkaJars } from '../before-build/kafka-cache.js';
import { javaCommand, missingPrerequisites } from '../before-build/prerequisites.js';
import { brokerFiles, brokerMark, launchBroker } from './kafka/broker-process.js';
import { saysPortTaken, untilBrokerAnswers } from './kafka/broker-start.js';
import { classArchiveOptions } from './kafka/class-archive.js';
import { kafkaDistribution } from './kafka/kafka-distribution.js';
import { formatStorage } from './kafka/storage-format.js';
import { freePort, isPortFree } from './free-port.js';
import { ProcessRecord } from './process/process-record.js';
import type { Exit, ServerProcess } from './process/server-process.js';
import { defaultCacheDir } from './project-root.js';
import { PortTakenError, StackError, explained } from './stack-error.js';

export interface EmbeddedKafkaOptions {
  /** Everything the broker keeps; made when missing, used again when there. */
  readonly dataDir: string;
  /** Loopback port; 0 takes a free one and keeps it for later starts over the same data in this process. */
  readonly port: number;
  /** Where jars and prepared files are kept; default `.hookstream/cache` of the repository. */
  readonly cacheDir?: string;
  /** Told what is done when it takes longer than a moment. */
  readonly log?: (line: string) => void;
}

const STOP_GRACE_MS = 15_000;
const CONTROLLER_PORT_TRIES = 3;
const keptPorts = new Map<string, number>();

/** An Apache Kafka broker of one node (KRaft), a child process of this one. One process at a time may use a data directory. */
export class EmbeddedKafka {
  private broker?: ServerProcess;
  private readonly record: ProcessRecord;

  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
    private readonly cacheDir: string,
    private readonly log: (line: string) => void,
  ) {
    this.record = processRecord(dataDir);
  }

  /**
   * Starts a broker and resolves when it serves requests. A broker over this data that a killed process left behind is ended first.
   * @throws StackError when the port is taken, Java or Maven fail, the disk is full or the broker does not come up
   */
  static async start(options: EmbeddedKafkaOptions): Promise<EmbeddedKafka> {
    const dataDir = resolve(options.dataDir);
    const log = options.log ?? (() => undefined);
    try {
      mkdirSync(dataDir, { recursive: true });
      await EmbeddedKafka.endLeftover(dataDir, log);
      const port = options.port || keptPorts.get(dataDir) || (await freePort());
      const kafka = new EmbeddedKafka(dataDir, port, options.cacheDir ?? defaultCacheDir(), log);
      await kafka.restart();
      keptPorts.set(dataDir, port);
      return kafka;
    } catch (error) {
      throw explained(error, dataDir);
    }
  }

  /** Ends a broker that a killed process left running over this data; `start` does so by itself. */
  static async endLeftover(dataDir: string, log: (line: string) => void = () => undefined): Promise<void> {
    await processRecord(resolve(dataDir)).endLeftover('the embedded Kafka', { signal: 'SIGTERM', graceMs: STOP_GRACE_MS }, log);
  }

  /** Bootstrap server, `127.0.0.1:port`. */
  get brokers(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Process id of the broker; 0 while none runs. */
  get pid(): number {
    return this.broker?.running ? this.broker.pid : 0;
  }

  /** Resolves when the broker of the last start ends, for whatever reason. */
  get exited(): Promise<Exit> {
    return this.broker!.exited;
  }

  /** Where the broker writes its log. */
  get logFile(): string {
    return brokerFiles(this.dataDir).log;
  }

  /** Starts the broker again on the same port and data after `stop`, `kill` or its own end; does nothing while it runs. */
  async restart(): Promise<void> {
    if (this.pid) return;
    await requireJava(this.cacheDir);
    const distribution = await kafkaDistribution(this.cacheDir, this.log);
    const jvmOptions = await classArchiveOptions(distribution, this.log);
    await formatStorage(distribution, brokerFiles(this.dataDir).segments);
    for (let tries = 1; ; tries += 1) {
      if (!(await isPortFree(this.port))) throw new PortTakenError(this.port, 'the embedded Kafka');
      const broker = await launchBroker(distribution, { dataDir: this.dataDir, port: this.port, jvmOptions });
      this.broker = broker;
      await this.record.writeOrEnd(broker);
      try {
        await untilBrokerAnswers(broker, this.port, this.dataDir);
        return;
      } catch (error) {
        await this.kill();
        // The controller's free port may have been taken in the meantime; the next round picks another.
        if (tries === CONTROLLER_PORT_TRIES || !saysPortTaken(String(error))) throw error;
      }
    }
  }

  /** Ends the broker in good order and waits for it; past `graceMs` it is killed. */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    await this.broker?.end('SIGTERM', graceMs);
    this.record.remove();
  }

  /** Ends the broker as a crash would and waits until the process is gone. */
  async kill(): Promise<void> {
    await this.broker?.end('SIGKILL', STOP_GRACE_MS);
    this.record.remove();
  }

  /** Deletes all data of a stopped broker. */
  destroy(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Java is looked for by path only, which costs nothing; what is found wrong is then said in full. */
async function requireJava(cacheDir: string): Promise<void> {
  if (commandPath(javaCommand()) && hasKafkaJars(cacheDir)) return;
  const missing = await missingPrerequisites({ maven: !hasKafkaJars(cacheDir) });
  if (missing.length > 0) throw new StackError(missing.join('\n'));
}

function processRecord(dataDir: string): ProcessRecord {
  return new ProcessRecord(brokerFiles(dataDir).record, brokerMark(dataDir));
}
