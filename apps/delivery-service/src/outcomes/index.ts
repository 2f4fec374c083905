export { discarded, outcomeBase } from './outcome.js';
