export { CompiledFilters } from './compiled-filters.js';
export { FiltersModule } from './filters.module.js';
export { RecipientFilter } from './recipient-filter.js';
