export { catalogApi } from './catalog.openapi.js';
export { CatalogModule } from './catalog.module.js';
export { ListEventTypesDto, ListModulesDto, ListVersionsDto, PutEventTypeDto } from './event-type.dto.js';
export { loadRedactRules } from './load-redact-rules.js';
export type { EventTypeDefinition, EventTypeVersion } from './event-type.js';
export { EventTypeService, type ModuleView } from './event-type.service.js';
