// `npm run check`: what must hold before a commit, as many at once as there are cores, what takes longest first. Needs no broker and no database.
// `--without-tests` leaves out the unit tests, for who runs all tests next.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => `${root}node_modules/.bin/${name}`;

const STEPS = [
  ['lint', bin('eslint'), ['.', '--max-warnings', '0']],
  ['format', bin('prettier'), ['--check', '.', '--log-level', 'warn']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of the console', bin('tsc'), ['-p', 'apps/console']],
  ['types of the browser tests', bin('tsc'), ['-p', 'test/console']],
  ['import boundaries', bin('depcruise'), ['apps', 'libs', 'test', 'tools', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  ['generated event catalog page', process.execPath, ['dist/tools/gen-catalog-page/main.js', '--check']],
  ['generated errors page', process.execPath, ['dist/tools/gen-errors-page/main.js', '--check']],
  ['generated configuration page', process.execPath, ['dist/tools/gen-config-page/main.js', '--check']],
  ['protos: lint', process.execPath, ['node_modules/@bufbuild/buf/bin/buf', 'lint']],
  [
    'protos: compatible',
    process.execPath,
    ['node_modules/@bufbuild/buf/bin/buf', 'breaking', '--against', 'libs/contracts/proto/baseline.binpb'],
  ],
  ['generated gRPC types', process.execPath, ['dist/tools/gen-grpc-types/main.js', '--check']],
  ['generated AsyncAPI document', process.execPath, ['dist/tools/gen-asyncapi/main.js', '--check']],
  ['generated OpenAPI document', process.execPath, ['dist/tools/gen-openapi/main.js', '--check']],
  ['unit tests', process.execPath, ['tools/run-tests.mjs', '--unit']],
];

const failed = [];
const withoutTests = process.argv.includes('--without-tests');
const waiting = STEPS.filter(([name]) => !(withoutTests && name === 'unit tests'));

/** Runs a step to its end; what it prints comes in one piece. */
function run([name, command, args]) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
    child.on('error', (error) => (printed += `${error.message}\n`));
    child.on('close', (status) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${printed}${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
      if (status !== 0) failed.push(name);
      resolve();
    });
  });
}

async function work() {
  for (let step = waiting.shift(); step; step = waiting.shift()) await run(step);
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
if (failed.length > 0) {
  process.stdout.write(`check failed: ${failed.join(', ')}\n`);
  process.exit(1);
}
