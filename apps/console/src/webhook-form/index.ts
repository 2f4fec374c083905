export { durationWords } from './duration';
export { ScheduleTimes } from './fields/schedule-times';
export { previewedTypes } from './preview/previewed-types';
export { useCatalog } from './use-catalog';
