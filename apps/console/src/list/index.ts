export { CursorPages } from './cursor-pages';
export { ListSkeleton } from './list-skeleton';
export { ListStates } from './list-states';
export { ProblemState } from './problem-state';
export { ShowAll } from './show-all';
export { StateNotice } from './state-notice';
