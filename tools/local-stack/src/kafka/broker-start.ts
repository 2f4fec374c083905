import { setTimeout as sleep } from 'node:timers/promises';
import { logTail, saysDiskFull } from '../process/log-tail.js';
import type { ServerProcess } from '../process/server-process.js';
import { StackError, diskFull } from '../stack-error.js';
import { brokerAnswers } from './broker-probe.js';
import { brokerFiles } from './broker-process.js';

// Recovery after a kill reads whole segments; slow machines get their time.
const START_DEADLINE_MS = 120_000;

/**
 * Waits until the broker serves requests.
 * @throws StackError with the end of the broker's log when it ends instead or takes too long
 */
export async function untilBrokerAnswers(broker: ServerProcess, port: number, dataDir: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (broker.running && Date.now() < deadline) {
    if ((await brokerAnswers(port)) && broker.running) return;
    await sleep(50);
  }
  throw startFault(broker.running, dataDir);
}

function startFault(stillRunning: boolean, dataDir: string): StackError {
  const files = brokerFiles(dataDir);
  const said = `${logTail(files.output, 10)}\n${logTail(files.log, 15)}`.trim();
  if (saysDiskFull(said)) return diskFull(dataDir);
  const what = stillRunning ? `did not answer within ${START_DEADLINE_MS / 1000} s` : 'ended while it started';
  return new StackError(`the embedded Kafka ${what}. Its log is ${files.log} and ends with:\n${said}`);
}

/** Whether the broker's own words say that a port was taken in the moment between our check and its start. */
export function saysPortTaken(message: string): boolean {
  return /address already in use|failed to bind/i.test(message);
}
