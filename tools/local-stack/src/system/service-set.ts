import { join } from 'node:path';
import { nodePath } from '../node-path.js';
import { projectRoot } from '../project-root.js';
import { ServiceLog } from './service-log.js';
import { ServiceProcess } from './service-process.js';
import { type ApiPorts, serviceSpecs } from './services.js';
import { systemFiles } from './system-files.js';
import type { SystemSettings } from './system-options.js';

/** The services as processes that are not started yet, by stage of stopping, each with its log. */
export function serviceSet(settings: SystemSettings, ports: ApiPorts, out: (line: string) => void): ServiceProcess[][] {
  const files = systemFiles(settings.dataDir);
  return serviceSpecs(settings.distDir, ports).map((stage) =>
    stage.map(({ name, entry, env, niceness }) => {
      const print = settings.verbose ? (line: string): void => out(`${name} | ${line}`) : undefined;
      const command = {
        name,
        entry,
        nodePath: nodePath(),
        env: { ...settings.env, ...env },
        cwd: projectRoot(),
        recordDir: files.processes,
        niceness,
      };
      return new ServiceProcess(command, new ServiceLog(join(files.logs, `${name}.log`), print));
    }),
  );
}
