export { ChoiceFilter, ProposedFilter } from './choice-filter';
export { FilterBar } from './filter-bar';
export { defined, searchChoice, searchText } from './search-text';
export { TextFilter } from './text-filter';
export { TimeFilter } from './time-filter';
export { isWithin, timeQuery, type TimeRange, timeRangeOf } from './time-range';
