export { Catalog, type CatalogModule, type EventType, type JsonSchema, type Subscription } from './catalog.js';
export { catalogErrors } from './catalog.errors.js';
export { loadCatalog } from './load-catalog.js';
