import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react-swc';
import { defineConfig } from 'vitest/config';
import { compressedAssets } from './compressed-assets';
import { withoutUnusedStyles } from './unused-styles';

const API = process.env.CONSOLE_API_URL ?? 'http://127.0.0.1:3000';
const OF_THE_SERVICE = ['/v1', '/docs', '/openapi.json', '/asyncapi.yaml', '/healthz', '/readyz', '/problems'];
const OUT = fileURLToPath(new URL('../../dist/apps/console', import.meta.url));

/** The console: built into dist/apps/console, from where the subscription-service serves it; in development it asks a running one. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), withoutUnusedStyles(), compressedAssets(`${OUT}/assets`)],
  // The service puts a fresh nonce in its place with each page.
  html: { cspNonce: 'CSP_NONCE' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(OF_THE_SERVICE.map((path) => [path, { target: API, changeOrigin: false }])),
  },
  test: { include: ['*.spec.ts', 'src/**/*.spec.{ts,tsx}'], environment: 'node' },
});
