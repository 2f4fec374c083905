import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '#libs/catalog';
import { KafkaEnv } from '#libs/runtime';
import type { DocumentParts } from './asyncapi-document.js';
import type { GoldenRecord } from './own-messages.js';

const EXAMPLE_TYPE = 'user.created';

/** Collects what the document tells from the code and the files below `root`, the root of the repository. */
export function documentParts(root: string): DocumentParts {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const catalog = loadCatalog();
  const defaults = new KafkaEnv();
  return {
    version: (read('package.json') as { version: string }).version,
    layout: { partitions: defaults.TOPIC_PARTITIONS, replicas: defaults.TOPIC_REPLICATION },
    domainTopics: catalog.topics(),
    sample: { type: EXAMPLE_TYPE, data: catalog.get(EXAMPLE_TYPE)?.sample },
    golden: (fixture) => read(`libs/contracts/fixtures/${fixture}.json`) as GoldenRecord,
  };
}
