// Ends what global-setup.mjs started and removes its data.
import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const stack = globalThis.__hookstreamTestStack;
  if (!stack) return;
  globalThis.__hookstreamTestStack = undefined;
  await Promise.all([stack.kafka?.stop(), stack.postgres?.stop()]);
  rmSync(stack.dir, { recursive: true, force: true });
}
