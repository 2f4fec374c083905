export { DeadLetterArchiveModule, type DeadLetterArchiveOptions } from './dead-letter-archive.module.js';
export { operatorApi } from './operator.openapi.js';
export { OperatorModule } from './operator.module.js';
