import type { LocalSystem } from './local-system.js';

/**
 * One Ctrl-C may arrive several times, from the terminal and from npm and the wrapper that pass it on; a second one that a person
 * means comes later.
 */
const SAME_PRESS_MS = 1_000;

export interface StopSignals {
  /** Whether a stop was asked for. */
  readonly received: boolean;
  /** Resolves when the system that was asked to stop has stopped. */
  readonly stopped: Promise<void>;
}

/**
 * Stops the system on Ctrl-C, SIGTERM, a closed terminal or the end of the wrapper that started this process; a second time
 * ends it by force.
 */
export function onStopSignals(system: LocalSystem, print: (line: string) => void): StopSignals {
  let first = 0;
  const stopped = new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      const now = Date.now();
      if (first === 0) {
        first = now;
        print('stopping…');
        system.stop().then(resolve, reject);
      } else if (now - first > SAME_PRESS_MS) {
        print('ending by force');
        system.kill();
        process.exit(1);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    if (process.send) process.on('disconnect', stop);
  });
  return {
    get received() {
      return first !== 0;
    },
    stopped,
  };
}
