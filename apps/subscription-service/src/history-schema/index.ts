export { ANSWER_CODE, type AnswerColumns, answerCondition } from './answer-code.js';
export { historyMigrations, KEPT_BY_REBUILD } from './migrations/index.js';
export { historyDatabaseOptions } from './history-database.js';
export { bodyKey, eventKey, eventKeyAt, headOf, idBound, idHead, timeOfId } from './history-keys.js';
export {
  BUCKET_SECONDS,
  DELIVERY_STATES,
  LATENCY_BOUNDS_MS,
  type AttemptDetail,
  type AttemptRow,
  type CircuitRow,
  type DeliveryRow,
  type DeliveryState,
  type EventRow,
  type EventTypeDayRow,
  type StatBucketRow,
  type WebhookActivityRow,
} from './history-rows.js';
