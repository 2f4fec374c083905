// Ends what global-setup.mjs started and removes its data.
import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const started = globalThis.__hookstreamConsoleSystem;
  if (!started) return;
  globalThis.__hookstreamConsoleSystem = undefined;
  await started.system.stop();
  rmSync(started.dataDir, { recursive: true, force: true });
}
