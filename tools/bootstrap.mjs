// `npm start`, `demo`, `test`, `bench` and `check` begin here: installs and builds what is missing or stale, then runs the command on
// the project's own Node.js. Plain JavaScript without dependencies, since it runs before anything is installed, on Node.js 20.19 or newer.
import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD_STAMP, INSTALL_STAMP, buildState, installState, isFresh } from './local-stack/before-build/freshness.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];
const OWN_NODE_MAJOR = 24;
/** What runs for each command, whether it needs the embedded Kafka, and whether it ends by itself when this process is killed. */
const COMMANDS = {
  start: { entry: 'dist/tools/local-stack/src/main.js', kafka: true, watchesParent: true },
  demo: { entry: 'dist/tools/demo/main.js', kafka: true },
  test: { entry: 'tools/run-tests.mjs', kafka: true },
  bench: { entry: 'dist/test/bench/main.js', kafka: true },
  check: { entry: 'tools/check.mjs', kafka: false },
};

/** The child that runs at the moment; signals go to it. */
let current;
let preparing = true;

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (!command) fail(`usage: node tools/bootstrap.mjs ${Object.keys(COMMANDS).join('|')}`);
  checkNode();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => passOn(signal));
  if (command.kafka && !process.env.KAFKA_BROKERS) await checkPrerequisites();
  await prepare();
  preparing = false;
  process.exit(await runCommand(command, args));
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Hookstream needs Node.js ${OLDEST_NODE.join('.')} or newer to start, and this is ${process.versions.node}. Install a newer one from https://nodejs.org, or run "docker compose up".`,
  );
}

/** Only before the first download: later the embedded Kafka looks for its Java itself, and this costs half a second. */
async function checkPrerequisites() {
  const { hasKafkaJars } = await import('./local-stack/before-build/kafka-cache.js');
  if (hasKafkaJars(join(ROOT, '.hookstream', 'cache'))) return;
  const { missingPrerequisites } = await import('./local-stack/before-build/prerequisites.js');
  const missing = await missingPrerequisites({ maven: true });
  if (missing.length > 0) fail(missing.join('\n'));
}

/** Installs and builds under one lock, so that two commands started together do not work in each other's folders. */
async function prepare() {
  if (isFresh(ROOT, INSTALL_STAMP, installState(ROOT)) && isFresh(ROOT, BUILD_STAMP, buildState(ROOT))) return;
  const { unlock, waitForLock } = await import('./local-stack/before-build/lock-file.js');
  const lock = join(ROOT, '.hookstream', 'bootstrap.lock');
  await waitForLock(lock, (pid) => say(`waiting for process ${pid}, which is installing or building…`));
  process.once('exit', () => unlock(lock));
  if (!isFresh(ROOT, INSTALL_STAMP, installState(ROOT))) await install();
  if (!isFresh(ROOT, BUILD_STAMP, buildState(ROOT))) await build();
  unlock(lock);
}

async function install() {
  say('installing dependencies…');
  const state = installState(ROOT);
  const { code, output } = await runQuietly(process.platform === 'win32' ? 'npm.cmd' : 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
  ]);
  if (code !== 0) {
    fail(`"npm ci" failed (${code}): ${explainNpm(output)}\n${npmErrors(output)}`);
  }
  writeFileSync(join(ROOT, INSTALL_STAMP), state);
}

function explainNpm(output) {
  if (/ENOSPC|no space left/i.test(output)) return 'the disk is full. Free some space and start again.';
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN/.test(output))
    return "the package registry cannot be reached. Check the network and npm's settings, then start again.";
  if (/EACCES|EPERM/.test(output)) return `no permission to write in ${ROOT}. Start as the user it belongs to.`;
  if (/in sync/.test(output))
    return 'package.json and package-lock.json do not belong together. Run "npm install" once after a change of package.json.';
  return 'it says:';
}

/** npm says what is wrong first and then explains itself at length. */
function npmErrors(output) {
  const errors = output.split('\n').filter((line) => line.startsWith('npm error'));
  return errors.length > 0 ? errors.slice(0, 12).join('\n') : lastLines(output);
}

async function build() {
  say('building…');
  const state = buildState(ROOT);
  // A file deleted from the sources must not live on in the build.
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  const { code, output } = await runQuietly(ownNode(), [join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), 'build']);
  if (code !== 0 || !existsSync(join(ROOT, 'dist'))) fail(`the build failed (${code}):\n${lastLines(output, 40)}`);
  const page = await runQuietly(ownNode(), [join(ROOT, 'tools/build-console.mjs')]);
  if (page.code !== 0) fail(`the build of the console failed (${page.code}):\n${lastLines(page.output, 40)}`);
  writeFileSync(join(ROOT, BUILD_STAMP), state);
}

/** The Node.js that the project is made for: this one if it is new enough, else the one among the dependencies. */
function ownNode() {
  if (Number(process.versions.node.split('.')[0]) >= OWN_NODE_MAJOR) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const installed = join(
    ROOT,
    'node_modules',
    `node-${platform}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(installed)) return installed;
  return fail(`npm has no Node.js ${OWN_NODE_MAJOR} for ${platform}-${process.arch}. Install Node.js ${OWN_NODE_MAJOR} and start again.`);
}

async function runCommand({ entry, watchesParent }, args) {
  const stdio = watchesParent ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
  const child = spawn(ownNode(), [join(ROOT, entry), ...args], { cwd: ROOT, stdio });
  current = child;
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`${entry} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** A terminal sends its Ctrl-C to the child as well; passing it on would make it two. */
function passOn(signal) {
  const fromTerminal = signal !== 'SIGTERM' && process.stdin.isTTY;
  if (!fromTerminal) current?.kill(signal);
  if (preparing) process.exit(128 + constants.signals[signal]);
}

async function runQuietly(command, args) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd') });
  current = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: -1, output: output + error.message }));
    child.once('close', (code, signal) => resolve({ code: code ?? signal, output }));
  });
}

function lastLines(text, count = 20) {
  return text.trim().split('\n').slice(-count).join('\n');
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

await main();
