import { fileURLToPath } from 'node:url';
import { defineConfig } from '@hey-api/openapi-ts';

/** The client that the console talks through. Made of `docs/openapi.json` at each build, never edited, never committed. */
export default defineConfig({
  input: fileURLToPath(new URL('../../docs/openapi.json', import.meta.url)),
  output: { path: fileURLToPath(new URL('./src/api/generated', import.meta.url)) },
  logs: { file: false, level: 'warn' },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
});
