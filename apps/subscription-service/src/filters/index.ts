export { filtersApi } from './filter.openapi.js';
export { FiltersModule } from './filters.module.js';
export { filterTestOf, type FilterTestRequest, type GivenFilterTest } from './filter-test.js';
export { FilterTester } from './filter-tester.js';
