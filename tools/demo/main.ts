// `npm run demo`: sample events of every module through Kafka into a receiver that verifies each signature.
import { randomBytes } from 'node:crypto';
import { findRunningSystem, startSystem, StackError } from '../local-stack/src/index.js';
import { runDemo } from './run-demo.js';

const dataDir = process.env['HOOKSTREAM_DATA_DIR'] ?? '.hookstream';

async function main(): Promise<number> {
  const running = findRunningSystem(dataDir);
  if (running) {
    console.log(`using the system that runs at ${running.httpUrl}\n`);
    return runDemo(running, randomBytes(3).toString('hex'));
  }
  console.log('no system is running here: starting one for the demo\n');
  const system = await startSystem({ dataDir });
  const stop = (): void => void system.stop().then(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await runDemo(system, randomBytes(3).toString('hex'));
  } finally {
    await system.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof StackError ? error.message : error);
  process.exitCode = 1;
}
