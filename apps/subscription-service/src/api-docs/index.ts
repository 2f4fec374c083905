export { ApiDocsModule } from './api-docs.module.js';
export { serveApiReference } from './api-reference.js';
