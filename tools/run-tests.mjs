// `npm test`: every test, those of the console by Vitest and then the others in one jest run; `--unit` leaves out what needs a broker,
// a database or a browser. Arguments go to jest, and then the console's unit tests are left out.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2).filter((arg) => arg !== '--unit');
const unitOnly = process.argv.includes('--unit');
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
let child;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

const run = (command, env = {}) =>
  new Promise((resolve) => {
    child = spawn(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('exit', (code, signal) => resolve({ code: code ?? 1, signal }));
  });

/** Its counts are added to those of jest by the reporter that ends the run. */
async function testConsole() {
  const folder = mkdtempSync(join(tmpdir(), 'hookstream-vitest-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code, signal } = await run([join(modules, 'vitest/vitest.mjs'), 'run', '--root', 'apps/console', ...reporters]);
    if (signal) process.exit(1);
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    return { code, passed: numPassedTests, failed: Math.max(numFailedTests, code === 0 ? 0 : Math.max(1, numFailedTestSuites)) };
  } catch (error) {
    process.stderr.write(`the unit tests of the console left no report: ${error instanceof Error ? error.message : String(error)}\n`);
    return { code: 1, passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const before = args.length === 0 ? await testConsole() : { code: 0, passed: 0, failed: 0 };
const jest = await run(
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(modules, 'jest/bin/jest.js'),
    ...(unitOnly ? ['--selectProjects', 'unit'] : []),
    ...args,
  ],
  {
    HOOKSTREAM_TESTS_BEFORE: `${before.passed} ${before.failed}`,
    ...(unitOnly ? { HOOKSTREAM_TESTS_NO_STACK: '1' } : {}),
  },
);
process.exit(jest.code || before.code);
