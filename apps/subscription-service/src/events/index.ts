export { eventsApi } from './event.openapi.js';
export { MAX_BATCH_EVENTS } from './event-body.js';
export { type EventRequest, eventRequestOf, type GivenEvent } from './event-request.js';
export { type AcceptedEvent, type BatchResult, EventService } from './event.service.js';
export { EventsModule } from './events.module.js';
