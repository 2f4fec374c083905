import { existsSync } from 'node:fs';
import { hasKafkaJars } from '../../before-build/kafka-cache.js';
import { missingPrerequisites } from '../../before-build/prerequisites.js';
import { defaultCacheDir } from '../project-root.js';
import { StackError } from '../stack-error.js';
import { serviceSpecs } from './services.js';
import type { SystemSettings } from './system-options.js';

/**
 * What must be on the machine before anything is started or written.
 * @throws StackError naming everything that is missing
 */
export async function checkPrerequisites(settings: SystemSettings): Promise<void> {
  if (!settings.kafkaBrokers) {
    const missing = await missingPrerequisites({ maven: !hasKafkaJars(defaultCacheDir()), env: settings.env });
    if (missing.length > 0) throw new StackError(missing.join('\n'));
  }
  const lacking = serviceSpecs(settings.distDir, { http: 0, grpc: 0 })
    .flat()
    .find(({ entry }) => !existsSync(entry));
  if (lacking)
    throw new StackError(
      `${lacking.entry} is missing: the services are not built. Run "npm run build", or "npm start", which builds by itself.`,
    );
}
