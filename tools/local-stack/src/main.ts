// `npm start`: the whole system on this machine, until Ctrl-C.
import { systemFiles } from './system/system-files.js';
import { LocalSystem } from './system/local-system.js';
import { onStopSignals } from './system/stop-signals.js';
import { summaryText } from './system/summary.js';
import { systemSettings } from './system/system-options.js';
import { StackError } from './stack-error.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const started = performance.now();
  const verbose = process.argv.includes('--verbose') ? { verbose: true } : {};
  const settings = systemSettings(verbose);
  const system = new LocalSystem(settings, print);
  const signals = onStopSignals(system, print);
  const addresses = await Promise.race([system.start(), signals.stopped]).catch((error: unknown) => {
    // A start that a signal cut short is no fault.
    if (!signals.received) throw error;
  });
  if (addresses) {
    const { dataDir, kafkaBrokers, databaseUrl } = settings;
    const facts = {
      ...addresses,
      dataDir,
      logDir: systemFiles(dataDir).logs,
      embeddedKafka: !kafkaBrokers,
      embeddedPostgres: !databaseUrl,
    };
    print(summaryText({ ...facts, seconds: (performance.now() - started) / 1000 }));
  }
  await signals.stopped;
  print('stopped');
  return 0;
}

// The terminal may be gone while the services still have to be stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof StackError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
