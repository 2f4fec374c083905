export { Countdown } from './countdown';
export { DeliveryDrawer } from './delivery-drawer';
export { type ShownAttempt } from './delivery-view';
export { useErrorWords, useFailureWords } from './failure-words';
export { bytesText, durationText } from './measures';
export { isJson, prettyJson } from './pretty-json';
export { queuedDeliveries, useQueuedDeliveries } from './queued-deliveries';
export { useRedeliver } from './use-delivery-actions';
