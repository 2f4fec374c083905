// Plain JavaScript without dependencies: also used by tools/bootstrap.mjs, before anything is installed or built.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The real file behind a command, looked up on the PATH as a shell does; undefined when there is none. */
export function commandPath(command, env = process.env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
  const folders = isAbsolute(command) ? [''] : (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    for (const ending of endings) {
      const file = join(folder, command + ending);
      if (isExecutable(file)) return realpathSync(file);
    }
  }
  return undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
