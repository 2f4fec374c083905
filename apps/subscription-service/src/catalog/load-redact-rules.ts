import { loadCatalog } from '#libs/catalog';
import type { Secret } from '#libs/kernel';
import { migrate } from '#libs/persistence';
import { databaseOptions } from '../database-options.js';
import { RedactRulePgStore } from './redact-rule.pg-store.js';
import { RedactRules } from './redact-rules.js';

/** What must not be stored, for a process that starts before or without the API. @param catalogDir of the deployment's own files */
export async function loadRedactRules(url: Secret, catalogDir: string | undefined): Promise<RedactRules> {
  await migrate(databaseOptions(url));
  return new RedactRules(loadCatalog(catalogDir), new RedactRulePgStore());
}
