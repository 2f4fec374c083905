export { AppError, errorRows, errorTable, type AppErrorOptions, type ErrorKind, type ErrorRow, type FieldError } from './app-error.js';
export { assertNever } from './assert-never.js';
export { Clock, SystemClock } from './clock.js';
export { durationMs } from './duration.js';
export { aFingerprint, FingerprintTable, type Fingerprint } from './fingerprint-table.js';
export { composeId, idTail, isId, newId, type IdPrefix } from './ids.js';
export { Secret } from './secret.js';
