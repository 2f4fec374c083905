import { randomBytes } from 'node:crypto';

// Jest's global rather than an import: the benchmark uses this library outside of Jest.
declare const afterEach: (hook: () => Promise<void>) => void;

/** A name no other test uses, such as `orders-3f9a0c12`. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

const closers: (() => unknown)[] = [];

/** Closes something after the running test, last opened first; a fault while closing fails that test. */
export function closeAfterTest(close: () => unknown): void {
  closers.push(close);
}

/** Call once at the top of a spec file that opens resources inside tests. */
export function closesResources(): void {
  afterEach(async () => {
    const faults: unknown[] = [];
    for (const close of closers.splice(0).reverse()) {
      try {
        await close();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
  });
}
