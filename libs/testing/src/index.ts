export { createDatabase, testDatabaseUrl, type TestDatabase } from './database.js';
export { eventually, type EventuallyOptions } from './eventually.js';
export { aDeliveryRequest, anEvent, aWebhook } from './factories.js';
export { kafkaBrokers, TestKafka } from './kafka.js';
export { WebhookReceiver, type Answer, type ReceivedRequest } from './receiver.js';
export { closeAfterTest, closesResources, uniqueName } from './resources.js';
