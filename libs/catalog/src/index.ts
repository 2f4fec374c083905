export {
  Catalog,
  REDACT,
  SCHEMA_CHECKS,
  type CatalogModule,
  type Deprecation,
  type EventType,
  type JsonSchema,
  type SchemaCheck,
  type Subscription,
} from './catalog.js';
export { catalogErrors } from './catalog.errors.js';
export { DataSchema, schemaFaults, type SchemaFault } from './data-schema.js';
export { LiveCatalog, type EventTypeState } from './live-catalog.js';
export { loadCatalog } from './load-catalog.js';
