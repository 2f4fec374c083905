import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StackError } from '../stack-error.js';

/** A list of one new master key, `k1:base64(32 bytes)`. */
export function newMasterKeys(): string {
  return `k1:${randomBytes(32).toString('base64')}`;
}

/** A new API key of the bootstrap administrator, 256 random bits. */
export function newAdminKey(): string {
  return `hsk_admin_${randomBytes(32).toString('base64url')}`;
}

/**
 * The text kept in `file`, made by `generate` at the first call and readable by its owner only.
 * @throws StackError when the file is there but empty: what it encrypted or authorised would be lost with a new one
 */
export function keptKey(file: string, generate: () => string): string {
  const kept = read(file);
  if (kept !== undefined) return kept;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${generate()}\n`, { mode: 0o600 });
  try {
    // A link appears whole or not at all and never replaces a key that is there.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read(file)!;
}

function read(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (text === '') throw new StackError(`${file} is empty. Bring the key back from a backup, or delete the file to get a new one.`);
  return text;
}
