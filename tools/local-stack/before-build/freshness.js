// Plain JavaScript without dependencies: also used by tools/bootstrap.mjs, before anything is installed or built.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the state is kept from which the dependencies were installed. */
export const INSTALL_STAMP = 'node_modules/.hookstream-stamp';
/** Where the state is kept from which `dist` was built. */
export const BUILD_STAMP = 'dist/.stamp';

const SOURCES = ['apps', 'libs', 'tools', 'test', 'docs/openapi.json', 'nest-cli.json', 'tsconfig.json', '.swcrc', 'package.json'];
// `generated` is made by the build itself.
const NOT_BUILT = /\.(int-|e2e-|browser-)?spec\.tsx?$|[\\/](node_modules|\.git|generated)([\\/]|$)/;
const DEPENDENCIES = ['package.json', 'package-lock.json', 'patches'];

/** Whether what a stamp stands for was made from this state. */
export function isFresh(root, stamp, state) {
  try {
    return readFileSync(join(root, stamp), 'utf8') === state;
  } catch {
    return false;
  }
}

/** Changes when dependencies or their patches do, or when the folder came from another kind of machine. */
export function installState(root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const { name } of filesUnder(root, DEPENDENCIES)) {
    hash.update(`\0${name}\0`).update(name === 'package.json' ? dependencyPart(root) : readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}

/** Changes when any file does that goes into the build; by size and time, since reading all of them takes longer. */
export function buildState(root) {
  const hash = createHash('sha256').update(installState(root));
  for (const { name, size, mtimeMs } of filesUnder(root, SOURCES)) hash.update(`\0${name}\0${size}\0${mtimeMs}`);
  return hash.digest('hex');
}

/** Scripts and the like may change without a new installation. */
function dependencyPart(root) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides });
}

/** The files of these files and folders below the project, in a fixed order. */
function filesUnder(root, names) {
  return names.flatMap((name) => {
    const stat = statSync(join(root, name), { throwIfNoEntry: false });
    if (!stat || NOT_BUILT.test(name)) return [];
    if (!stat.isDirectory()) return [{ name, size: stat.size, mtimeMs: stat.mtimeMs }];
    const children = readdirSync(join(root, name)).sort();
    return filesUnder(
      root,
      children.map((child) => join(name, child)),
    );
  });
}
