export { CatalogModule } from './catalog.module.js';
export { CoveringNames } from './covering-names.js';
export { EventTypeFeed } from './event-type-feed.js';
export { SchemaChecks } from './schema-checks.js';
