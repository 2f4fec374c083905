// Builds the console into dist/apps/console: first the client that it talks through, of docs/openapi.json, then its files.
// `--client` stops after the client, `--dev` serves the console with hot reload instead of building it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [mode] = process.argv.slice(2);

/** Runs a tool of node_modules with the Node.js that runs this. */
function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [`${root}node_modules/${script}`, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('@hey-api/openapi-ts/bin/run.js', '--file', 'apps/console/openapi-ts.config.ts');
if (mode === '--dev') run('vite/bin/vite.js', 'apps/console', '--open');
else if (mode !== '--client') run('vite/bin/vite.js', 'build', 'apps/console', '--logLevel', 'warn');
