export interface EventuallyOptions {
  /** Milliseconds until it gives up; 20 s by default. */
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/**
 * Runs `probe` until it neither throws nor returns undefined, null or false, and hands back what it returned.
 * @throws the last error of the probe once the time is up
 */
export async function eventually<T>(probe: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<NonNullable<T>> {
  const deadline = performance.now() + (options.timeoutMs ?? 20_000);
  for (;;) {
    let fault: unknown;
    try {
      const result = await probe();
      if (result !== undefined && result !== null && result !== false) return result;
      fault = new Error(`still ${String(result)}`);
    } catch (error) {
      fault = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`not within ${options.timeoutMs ?? 20_000} ms: ${fault instanceof Error ? fault.message : String(fault)}`, {
        cause: fault,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, options.intervalMs ?? 25));
  }
}
