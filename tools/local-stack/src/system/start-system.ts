import { LocalSystem, type SystemAddresses } from './local-system.js';
import { systemSettings, type StartOptions } from './system-options.js';

/** A system that this process started and has to stop. */
export interface RunningSystem extends SystemAddresses {
  readonly dataDir: string;
  /** Process ids by name (`kafka` and `postgres` if embedded, and the services); 0 for one that does not run at the moment. */
  readonly pids: Readonly<Record<string, number>>;
  /** Stops everything, within 30 s. */
  stop(): Promise<void>;
}

/**
 * Starts the whole system as `npm start` does and resolves when it is ready.
 * @throws StackError whose message says what the user can do
 */
export async function startSystem(options: StartOptions = {}): Promise<RunningSystem> {
  const settings = systemSettings(options);
  const system = new LocalSystem(settings, settings.quiet ? () => undefined : (line) => console.log(line));
  const addresses = await system.start();
  return {
    ...addresses,
    dataDir: settings.dataDir,
    get pids() {
      return system.pids;
    },
    stop: () => system.stop(),
  };
}
