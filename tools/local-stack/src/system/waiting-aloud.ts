const EVERY_MS = 15_000;

/** Waits for `work` and says every 15 s what it still waits for. */
export async function waitingAloud<T>(work: Promise<T>, what: () => string, log: (line: string) => void): Promise<T> {
  const timer = setInterval(() => log(`still waiting for ${what()}`), EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
