export { DeadLetterArchiveModule, type DeadLetterArchiveOptions } from './dead-letter-archive.module.js';
export { deadLetterExpunge } from './expunge-party.js';
export { operatorApi } from './operator.openapi.js';
export { OperatorModule } from './operator.module.js';
