import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saysDiskFull } from '../process/log-tail.js';
import { run } from '../process/run-command.js';
import { StackError, diskFull } from '../stack-error.js';
import { brokerSettings } from './broker-settings.js';
import { javaCommand } from '../../before-build/prerequisites.js';
import { JVM_OPTIONS } from './jvm-options.js';
import type { KafkaDistribution } from './kafka-distribution.js';

const CHECKPOINT = 'bootstrap.checkpoint';
const META = 'meta.properties';

/**
 * Makes a folder ready for a new broker unless it is. Kafka's own formatter takes 2.6 s, so its result is kept with the
 * jars and copied: the checkpoint holds feature levels only and fits every broker; the ids are made here.
 */
export async function formatStorage(distribution: KafkaDistribution, logDir: string): Promise<void> {
  if (existsSync(join(logDir, META))) return;
  const checkpoint = await formattedCheckpoint(distribution);
  mkdirSync(logDir, { recursive: true });
  copyFileSync(checkpoint, join(logDir, CHECKPOINT));
  // Last and at once: a folder with this file counts as formatted.
  const draft = join(logDir, `${META}.draft`);
  writeFileSync(draft, `version=1\ncluster.id=${kafkaId()}\nnode.id=1\ndirectory.id=${kafkaId()}\n`);
  renameSync(draft, join(logDir, META));
}

async function formattedCheckpoint(distribution: KafkaDistribution): Promise<string> {
  const kept = join(distribution.folder, CHECKPOINT);
  if (existsSync(kept)) return kept;
  const draft = mkdtempSync(join(distribution.folder, 'format-'));
  try {
    const logDir = join(draft, 'logs');
    const settings = join(draft, 'server.properties');
    writeFileSync(settings, brokerSettings({ port: 9092, controllerPort: 9093, logDir }));
    const args = [
      ...JVM_OPTIONS,
      `-Dhookstream.logs=${draft}`,
      'kafka.tools.StorageTool',
      'format',
      '--config',
      settings,
      '--cluster-id',
      kafkaId(),
    ];
    const { code, output } = await run(javaCommand(), args, {
      env: { ...process.env, CLASSPATH: distribution.classpath },
      timeoutMs: 120_000,
    });
    if (saysDiskFull(output)) throw diskFull(distribution.folder);
    if (code !== 0) throw new StackError(`Kafka's storage could not be formatted:\n${output.trim()}`);
    renameSync(join(logDir, CHECKPOINT), kept);
    return kept;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** An id in Kafka's form: 16 random bytes in base64url, never with a leading dash, which its tools take for an option. */
export function kafkaId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
