import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** Where the types lie, from the root of the repository; `buf.gen.yaml` says the same. */
export const TYPES_FOLDER = 'apps/subscription-service/src/grpc/messages';

/** What reflection tells, comments included. The protos alone do not do: their loader forgets presence and the names of map entries. */
const DESCRIPTORS = 'libs/contracts/proto/descriptors.binpb';

const PROTOS = 'libs/contracts/proto';
/** The protos of the services that come as libraries, so that reflection tells of these too. */
const STANDARD_PROTOS = [
  ['node_modules/grpc-health-check/proto', 'health/v1'],
  ['node_modules/@grpc/reflection/build/proto', 'grpc/reflection/v1'],
] as const;

/** A type of which the generated messages need no more than that it is a list of paths. */
const UNUSED = /(^|[\\/])field_mask\.ts$/;

/** What is made of the protos, by path below the root of the repository. Needs no network: buf and its plugin are dependencies. */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, Buffer>> {
  const out = mkdtempSync(join(tmpdir(), 'grpc-types-'));
  const buf = (...args: string[]): void => {
    execFileSync(process.execPath, [join(root, 'node_modules', '@bufbuild', 'buf', 'bin', 'buf'), ...args], { cwd: root, stdio: 'pipe' });
  };
  try {
    buf('generate', '--output', out);
    return new Map([...(await types(root, out)), [DESCRIPTORS, descriptors(out, buf)]]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

async function types(root: string, out: string): Promise<(readonly [string, Buffer])[]> {
  const files = globSync(`${TYPES_FOLDER}/**/*.ts`, { cwd: out }).filter((file) => !UNUSED.test(file));
  const options = await resolveConfig(join(root, TYPES_FOLDER, 'any.ts'));
  return Promise.all(
    files.sort().map(async (file) => {
      const source = readFileSync(join(out, file), 'utf8');
      return [file, Buffer.from(await format(asWeCompile(source), { ...options, parser: 'typescript' }))] as const;
    }),
  );
}

/** Sets of descriptors are joined by writing them one after the other. */
function descriptors(out: string, buf: (...args: string[]) => void): Buffer {
  const set = join(out, 'set.binpb');
  const built = (...args: string[]): Buffer => {
    buf('build', ...args, '--as-file-descriptor-set', '--output', set);
    return readFileSync(set);
  };
  return Buffer.concat([built(PROTOS), ...STANDARD_PROTOS.map(([folder, part]) => built(folder, '--path', `${folder}/${part}`))]);
}

/**
 * The plugin imports types as if they were values, which does not compile where modules are taken as they are written, and
 * asks the linter to look away also where there is nothing to see, which is a fault in itself.
 */
function asWeCompile(source: string): string {
  const typed = source.replaceAll(/^import (?=\{[^}]*\} from "(?:\.|rxjs))/gm, 'import type ');
  return source.includes('GrpcMethod') ? typed : typed.replace('/* eslint-disable */\n', '');
}
