export { type AttemptFailure, FAILURE_KINDS, type FailureKind, failureOf } from './failure-words.js';
