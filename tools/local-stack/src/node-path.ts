import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';

const NEEDED_MAJOR = 24;

/** The Node.js that the services run on: this one if it is new enough, else the one that npm installed with the project. */
export function nodePath(): string {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const installed = join(projectRoot(), 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  return existsSync(installed) ? installed : process.execPath;
}
