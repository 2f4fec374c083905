import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react-swc';
import { defineConfig } from 'vitest/config';
import { compressedAssets } from './compressed-assets.ts';
import { textsOnDemand } from './texts-on-demand.ts';
import { withoutUnusedStyles } from './unused-styles.ts';

const API = process.env.CONSOLE_API_URL ?? 'http://127.0.0.1:3000';
const OF_THE_SERVICE = ['/v1', '/docs', '/openapi.json', '/asyncapi.yaml', '/healthz', '/readyz', '/problems'];
const SOURCES = fileURLToPath(new URL('./src', import.meta.url));
const OUT = fileURLToPath(new URL('../../dist/apps/console', import.meta.url));

// All modules but the first; those of the texts are not files.
const HAVE_NO_EFFECTS = /\/apps\/console\/src\/(?!main[.]tsx$).*[.]tsx?$/;

/** The console: built into dist/apps/console, from where the subscription-service serves it; in development it asks a running one. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [textsOnDemand(SOURCES), react(), withoutUnusedStyles(), compressedAssets(`${OUT}/assets`)],
  // The service puts a fresh nonce in its place with each page.
  html: { cspNonce: 'CSP_NONCE' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // `first-load.spec.ts` knows what is too much.
    chunkSizeWarningLimit: Infinity,
    // Whoever imports one thing by a feature's index.ts is not to load all that the index names.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: HAVE_NO_EFFECTS, sideEffects: false }] },
      output: {
        // A browser takes longer over a hundred small files than over what they hold.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(OF_THE_SERVICE.map((path) => [path, { target: API, changeOrigin: false }])),
  },
  test: { include: ['*.spec.ts', 'src/**/*.spec.{ts,tsx}'], environment: 'node' },
});
