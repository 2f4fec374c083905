export { checkFilter, compileFilter, type Filter, type FilterCheck, type FilterResult } from './filter.js';
export { FilterFault, type FilterRule, type Position } from './filter-fault.js';
export { filterFault } from './field-fault.js';
export { FilterInput, type FilterEvent } from './filter-input.js';
export { parseJson, type JsonValue } from './json-value.js';
