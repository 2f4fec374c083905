// `npm test`: every test in three runs, those of the console by Vitest, those of the code and the services, and those in a real browser;
// then one line that counts them all. `--unit` leaves out what needs a broker, a database or a browser. Other arguments go to one run of
// Jest, without the console's unit tests.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { summary } from '../test/summary-reporter.mjs';

// Tests of the services wait for each other's processes a third of the time; a browser does not.
const SERVICES = ['--selectProjects', 'unit', 'int', 'e2e', '--maxWorkers', '3'];
const BROWSER = ['--selectProjects', 'console'];
const UNIT = ['--selectProjects', 'unit'];

const args = process.argv.slice(2).filter((arg) => arg !== '--unit');
const unitOnly = process.argv.includes('--unit');
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hookstream-tests-report-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let child;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

const run = (command, env = {}) =>
  new Promise((resolve) => {
    child = spawn(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('exit', (code, signal) => resolve({ code: code ?? 1, signal }));
  });

/** A run that a signal ended ends the rest too; one that failed and counted no failure is one. */
function counted({ code, signal }, count) {
  if (signal) process.exit(1);
  try {
    const { passed, failed, skipped } = count();
    return { passed, failed: Math.max(failed, code === 0 ? 0 : 1), skipped };
  } catch (error) {
    process.stderr.write(`a run of tests left no report: ${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function testConsole() {
  const report = join(folder, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ended = await run([join(modules, 'vitest/vitest.mjs'), 'run', '--root', 'apps/console', ...reporters]);
  return counted(ended, () => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  });
}

async function testWithJest(arguments_) {
  const report = join(folder, 'counts.json');
  rmSync(report, { force: true });
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(modules, 'jest/bin/jest.js')];
  const ended = await run([...jest, ...arguments_], {
    HOOKSTREAM_TESTS_REPORT: report,
    ...(unitOnly ? { HOOKSTREAM_TESTS_NO_STACK: '1' } : {}),
  });
  return counted(ended, () => JSON.parse(readFileSync(report, 'utf8')));
}

const total = { passed: 0, failed: 0, skipped: 0 };
const projects = unitOnly ? [UNIT] : args.length > 0 ? [[]] : [SERVICES, BROWSER];
if (args.length === 0) add(await testConsole());
for (const chosen of projects) add(await testWithJest([...chosen, ...args]));
process.stdout.write(`\n${summary(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function add(counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
}
