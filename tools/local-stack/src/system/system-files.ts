import { join } from 'node:path';

/** Where a local system keeps what, below its data directory. */
export function systemFiles(dataDir: string) {
  return {
    kafka: join(dataDir, 'kafka'),
    postgres: join(dataDir, 'postgres'),
    logs: join(dataDir, 'logs'),
    processes: join(dataDir, 'processes'),
    lock: join(dataDir, 'lock'),
    stopping: join(dataDir, 'stopping'),
    running: join(dataDir, 'running.json'),
    masterKeys: join(dataDir, 'master-keys'),
    adminKey: join(dataDir, 'admin-key'),
    /** The admin key of the running system when the environment gave it; the generated one is not touched. */
    givenAdminKey: join(dataDir, 'given-admin-key'),
  };
}
