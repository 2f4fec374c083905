// Plain JavaScript without dependencies: also used by tools/bootstrap.mjs, before anything is installed or built.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The committed list of what the embedded Kafka consists of. */
export const KAFKA_POM = fileURLToPath(new URL('../pom.xml', import.meta.url));

/** The folder of one version of the embedded Kafka, named by the hash of its list. */
export function kafkaFolder(cacheDir) {
  return join(cacheDir, `kafka-${createHash('sha256').update(readFileSync(KAFKA_POM)).digest('hex').slice(0, 12)}`);
}

/** Whether the jars are in the cache, so that Maven is not needed. */
export function hasKafkaJars(cacheDir) {
  return existsSync(join(kafkaFolder(cacheDir), 'jars'));
}
