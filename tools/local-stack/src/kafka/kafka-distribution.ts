import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { KAFKA_POM, kafkaFolder } from '../../before-build/kafka-cache.js';
import { unlock, waitForLock } from '../../before-build/lock-file.js';
import { mavenCommand } from '../../before-build/prerequisites.js';
import { run } from '../process/run-command.js';
import { saysDiskFull } from '../process/log-tail.js';
import { StackError, diskFull } from '../stack-error.js';

const DOWNLOAD_DEADLINE_MS = 15 * 60_000;

/** Kafka's jars in the cache, and what was prepared once from them. */
export interface KafkaDistribution {
  readonly folder: string;
  readonly classpath: string;
}

/**
 * The jars that `pom.xml` names, downloaded by Maven at the first call and then kept. Several processes may call it at once, and
 * a kill at any moment leaves either no cache or a whole one: the download goes to a folder of its own, which is then renamed.
 */
export async function kafkaDistribution(cacheDir: string, log: (line: string) => void): Promise<KafkaDistribution> {
  const folder = kafkaFolder(cacheDir);
  const jars = join(folder, 'jars');
  if (!existsSync(jars)) {
    const lock = `${folder}.lock`;
    await waitForLock(lock, (pid) => log(`waiting for process ${pid}, which is downloading Kafka`));
    try {
      if (!existsSync(jars)) await download(folder, jars, log);
    } finally {
      unlock(lock);
    }
  }
  // In a fixed order: a class archive is only valid for the class path that it was made with.
  const classpath = readdirSync(jars)
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(jars, name))
    .join(delimiter);
  return { folder, classpath };
}

async function download(folder: string, jars: string, log: (line: string) => void): Promise<void> {
  log('downloading Kafka with Maven (44 MB, once)…');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.startsWith('download-')) rmSync(join(folder, name), { recursive: true, force: true });
  const draft = mkdtempSync(join(folder, 'download-'));
  const args = ['-B', '-q', '-f', KAFKA_POM, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
  const { code, output } = await run(mavenCommand(), args, { cwd: dirname(KAFKA_POM), timeoutMs: DOWNLOAD_DEADLINE_MS });
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    if (saysDiskFull(output)) throw diskFull(folder);
    throw new StackError(
      `Maven could not download Kafka. Check the network and Maven's settings, or set KAFKA_BROKERS to a Kafka of your own. Maven said:\n${output.trim().split('\n').slice(-12).join('\n')}`,
    );
  }
  chmodSync(draft, 0o755);
  renameSync(draft, jars);
}
