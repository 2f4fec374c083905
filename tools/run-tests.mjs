// `npm test`: every test, in one jest run; `--unit` leaves out what needs a broker and a database.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);
const unitOnly = args.includes('--unit');
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const projects = unitOnly ? ['--selectProjects', 'unit'] : [];
const child = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...projects, ...args.filter((arg) => arg !== '--unit')],
  {
    stdio: 'inherit',
    env: { ...process.env, ...(unitOnly ? { HOOKSTREAM_TESTS_NO_STACK: '1' } : {}) },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
