import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.js';
import { dyingWithParent } from '../process/death-signal.js';
import { ServerProcess } from '../process/server-process.js';
import { brokerSettings } from './broker-settings.js';
import { javaCommand } from '../../before-build/prerequisites.js';
import { JVM_OPTIONS } from './jvm-options.js';
import type { KafkaDistribution } from './kafka-distribution.js';

const LOG4J = fileURLToPath(new URL('../../log4j2.properties', import.meta.url));

/** Where a broker keeps what, below its data directory. */
export function brokerFiles(dataDir: string) {
  const logs = join(dataDir, 'logs');
  return {
    segments: join(dataDir, 'segments'),
    settings: join(dataDir, 'server.properties'),
    record: join(dataDir, 'broker.json'),
    logs,
    log: join(logs, 'kafka.log'),
    output: join(logs, 'output.log'),
  };
}

/** A part of the command line that only the broker over this data has. */
export function brokerMark(dataDir: string): string {
  return `-Dhookstream.data=${dataDir} `;
}

/** Starts the JVM over formatted storage; the broker does not answer yet. The controller gets another free port at each start. */
export async function launchBroker(
  distribution: KafkaDistribution,
  options: { dataDir: string; port: number; jvmOptions: readonly string[] },
): Promise<ServerProcess> {
  const files = brokerFiles(options.dataDir);
  mkdirSync(files.logs, { recursive: true });
  writeFileSync(files.settings, brokerSettings({ port: options.port, controllerPort: await freePort(), logDir: files.segments }));
  const java = [
    javaCommand(),
    brokerMark(options.dataDir).trimEnd(),
    ...JVM_OPTIONS,
    ...options.jvmOptions,
    `-Dhookstream.logs=${files.logs}`,
    `-Dlog4j2.configurationFile=${LOG4J}`,
    'kafka.Kafka',
    files.settings,
  ];
  const [command = '', ...args] = dyingWithParent(java, 'TERM');
  return ServerProcess.launch({
    command,
    args,
    cwd: options.dataDir,
    // By the environment: as an argument the class path would fill screens of `ps`.
    env: { ...process.env, CLASSPATH: distribution.classpath },
    output: files.output,
  });
}
