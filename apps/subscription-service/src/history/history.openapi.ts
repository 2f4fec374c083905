import type { ApiPart } from '#libs/openapi';
import { attemptsApi } from './attempt.openapi.js';
import { deliveriesApi } from './delivery.openapi.js';
import { pastEventsApi } from './event.openapi.js';
import { statsApi } from './stats.openapi.js';

/** The history’s part of the API document. */
export const historyApi: ApiPart = {
  tag: { name: 'History', description: 'What was sent, what came back, and how it is going.' },
  schemas: { ...attemptsApi.schemas, ...deliveriesApi.schemas, ...pastEventsApi.schemas, ...statsApi.schemas },
  operations: { ...attemptsApi.operations, ...deliveriesApi.operations, ...pastEventsApi.operations, ...statsApi.operations },
};
