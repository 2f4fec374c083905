import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandPath } from '../../before-build/command-path.js';
import { unlock, waitForLock } from '../../before-build/lock-file.js';
import { freePort } from '../free-port.js';
import { brokerFiles, launchBroker } from './broker-process.js';
import { untilBrokerAnswers } from './broker-start.js';
import { javaCommand } from '../../before-build/prerequisites.js';
import type { KafkaDistribution } from './kafka-distribution.js';
import { formatStorage } from './storage-format.js';

const DUMP_DEADLINE_MS = 60_000;

/**
 * JVM options that load Kafka's classes from an archive, with which a broker answers after 2 s instead of 8. The archive
 * is made once per Java by starting and stopping a broker; a Java that cannot make one starts without.
 */
export async function classArchiveOptions(distribution: KafkaDistribution, log: (line: string) => void): Promise<readonly string[]> {
  const archive = join(distribution.folder, `classes-${javaKey()}.jsa`);
  if (!existsSync(archive)) {
    const lock = `${archive}.lock`;
    await waitForLock(lock);
    try {
      if (!existsSync(archive)) await makeArchive(distribution, archive, log);
    } finally {
      unlock(lock);
    }
  }
  return statSync(archive).size > 0 ? [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto', '-Xlog:disable'] : [];
}

async function makeArchive(distribution: KafkaDistribution, archive: string, log: (line: string) => void): Promise<void> {
  log('preparing Kafka for fast starts (once)…');
  const dataDir = mkdtempSync(join(distribution.folder, 'training-'));
  const draft = join(dataDir, 'classes.jsa');
  try {
    await formatStorage(distribution, brokerFiles(dataDir).segments);
    const port = await freePort();
    const broker = await launchBroker(distribution, { dataDir, port, jvmOptions: [`-XX:ArchiveClassesAtExit=${draft}`, '-Xlog:disable'] });
    try {
      await untilBrokerAnswers(broker, port, dataDir);
    } finally {
      await broker.end('SIGTERM', DUMP_DEADLINE_MS);
    }
    // An empty file says that this Java makes none, so that not every start tries again.
    if (!existsSync(draft)) writeFileSync(draft, '');
    renameSync(draft, archive);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** An archive fits the very Java that made it. */
function javaKey(): string {
  const java = commandPath(javaCommand()) ?? 'none';
  const stamp = java === 'none' ? '' : statSync(java).mtimeMs;
  return createHash('sha256').update(`${java}/${stamp}`).digest('hex').slice(0, 12);
}
