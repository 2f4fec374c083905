import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { projectRoot } from './project-root.js';

/** Stands for npm: notes that it ran, takes a moment, and brings a `nest` that copies one source file to dist. */
const NPM = `#!/usr/bin/env node
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
if (existsSync('npm-fails')) { console.error('npm error code ENOTFOUND'); process.exit(1); }
appendFileSync('steps', 'install ');
setTimeout(() => {
  mkdirSync('node_modules/@nestjs/cli/bin', { recursive: true });
  writeFileSync('node_modules/@nestjs/cli/bin/nest.js', \`
    import { appendFileSync, cpSync, existsSync } from 'node:fs';
    appendFileSync('steps', existsSync('dist') ? 'build-over ' : 'build ');
    setTimeout(() => cpSync('test', 'dist/test', { recursive: true }), 200);
  \`);
}, 200);
`;

/** Stands for the command: waits for SIGTERM if told so, once it has said what it was given. */
const COMMAND = `
const waits = process.argv[2] === 'wait';
if (waits) process.on('SIGTERM', () => process.exit(7));
console.log('ran', process.argv.slice(2).join(','));
if (waits) setInterval(() => undefined, 1000);
else process.exit(Number(process.argv[2]));
`;

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'hookstream-bootstrap-'));
  for (const part of ['bootstrap.mjs', 'local-stack/before-build', 'local-stack/pom.xml']) {
    cpSync(join(projectRoot(), 'tools', part), join(project, 'tools', part), { recursive: true });
  }
  put('package.json', '{ "name": "hookstream", "type": "module" }');
  put('package-lock.json', '{}');
  put('tools/build-console.mjs', '');
  put('test/bench/main.js', COMMAND);
  put('bin/npm', NPM);
  chmodSync(join(project, 'bin/npm'), 0o755);
  put('bin/package.json', '{ "type": "commonjs" }');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(project, name)), { recursive: true });
  writeFileSync(join(project, name), text);
}

const steps = (): string => (existsSync(join(project, 'steps')) ? readFileSync(join(project, 'steps'), 'utf8').trim() : '');

function bootstrap(...args: string[]): { child: ChildProcess; output: () => string; code: Promise<number> } {
  const env = {
    ...process.env,
    PATH: `${join(project, 'bin')}${delimiter}${process.env.PATH}`,
    KAFKA_BROKERS: 'kafka.test:9092',
    NODE_OPTIONS: '',
  };
  const child = spawn(process.execPath, [join(project, 'tools/bootstrap.mjs'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, output: () => output, code: once(child, 'close').then(([code]) => code as number) };
}

describe('bootstrap', () => {
  it('installs, builds and runs, then only runs while nothing changes', async () => {
    const first = bootstrap('bench', '3', 'x');
    expect(await first.code).toBe(3);
    expect(first.output()).toBe('installing dependencies…\nbuilding…\nran 3,x\n');
    const second = bootstrap('bench', '0');
    expect(await second.code).toBe(0);
    expect(second.output()).toBe('ran 0\n');
    expect(steps()).toBe('install build');
  });

  it('builds again, from an empty folder, when a source changed, but not for a changed test', async () => {
    put('test/bench/gone.js', '');
    await bootstrap('bench', '0').code;
    rmSync(join(project, 'test/bench/gone.js'));
    await bootstrap('bench', '0').code;
    expect(existsSync(join(project, 'dist/test/bench/gone.js'))).toBe(false);
    put('test/bench/some.spec.ts', '');
    await bootstrap('bench', '0').code;
    expect(steps()).toBe('install build build');
  });

  it('installs again when the lock file or a patch changed', async () => {
    await bootstrap('bench', '0').code;
    put('package-lock.json', '{ }');
    await bootstrap('bench', '0').code;
    put('patches/a.patch', '');
    await bootstrap('bench', '0').code;
    expect(steps()).toBe('install build install build install build');
  });

  it('installs and builds once when two start together', async () => {
    const both = [bootstrap('bench', '0'), bootstrap('bench', '0')];
    expect(await Promise.all(both.map(({ code }) => code))).toEqual([0, 0]);
    expect(steps()).toBe('install build');
  });

  it('says what is wrong when npm fails, and installs at the next start', async () => {
    put('npm-fails', '');
    const failing = bootstrap('bench', '0');
    expect(await failing.code).toBe(1);
    expect(failing.output()).toMatch(/"npm ci" failed \(1\): the package registry cannot be reached/);
    rmSync(join(project, 'npm-fails'));
    expect(await bootstrap('bench', '0').code).toBe(0);
  });

  it('passes SIGTERM on and ends with the code of the command', async () => {
    const run = bootstrap('bench', 'wait');
    await eventually(() => run.output().includes('ran wait'));
    run.child.kill('SIGTERM');
    expect(await run.code).toBe(7);
  });

  it('names its commands when it does not know one', async () => {
    const run = bootstrap('toString');
    expect(await run.code).toBe(1);
    expect(run.output()).toMatch('start|demo|test|bench|check');
    expect(steps()).toBe('');
  });
});
