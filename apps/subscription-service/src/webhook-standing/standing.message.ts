import { type DeliveryCounts, type EndpointHealth, enumOf, type LastEvent, timestampOf } from '../grpc/index.js';
import type { Standing } from './standing.js';

/** How a webhook stands, as messages; what is null over HTTP is absent. */
export function standingMessages({ lastEvent, health, counts }: Standing) {
  return {
    lastEvent: lastEvent ? lastEventMessage(lastEvent) : undefined,
    health: healthMessage(health),
    counts: counts ? countsMessage(counts) : undefined,
  };
}

export function healthMessage(health: Standing['health']): EndpointHealth {
  const { state, circuit, since, nextProbeAt, failingSince, reason, lastStatusCode, lastErrorClass, ...same } = health;
  return {
    ...same,
    state: enumOf('HEALTH_STATE_', state),
    circuit: enumOf('CIRCUIT_STATE_', circuit),
    since: timestampOf(since),
    nextProbeAt: nextProbeAt === null ? undefined : timestampOf(nextProbeAt),
    failingSince: failingSince === null ? undefined : timestampOf(failingSince),
    reason: reason ?? undefined,
    lastStatusCode: lastStatusCode ?? undefined,
    lastErrorClass: lastErrorClass ?? undefined,
  };
}

function lastEventMessage({ time, statusCode, ...same }: NonNullable<Standing['lastEvent']>): LastEvent {
  return { ...same, time: timestampOf(time), statusCode: statusCode ?? undefined };
}

function countsMessage({ hours, ...same }: NonNullable<Standing['counts']>): DeliveryCounts {
  return { ...same, hours: [...hours] };
}
