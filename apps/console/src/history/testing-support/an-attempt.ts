import type { Attempt } from '../../api';

/** A first attempt that succeeded, unless said otherwise. */
export function anAttempt(given: { readonly [Name in keyof Attempt]?: Attempt[Name] | null } = {}): Attempt {
  return {
    id: 'att_01kay2q5h2f0v6m3d9x7r5t1ze',
    deliveryId: 'dlv_01kay2q4c8f0v6m3d9x7r5t1ze',
    webhookId: 'wh_01kay2q4c8f0v6m3d9x7r5t1ze',
    eventId: 'evt_01kay2q4c8f0v6m3d9x7r5t1zd',
    eventType: 'order_created',
    channelId: null,
    attempt: 1,
    trigger: 'event',
    attemptedAt: '2026-11-21T10:00:00.000Z',
    durationMs: 12,
    statusCode: 200,
    status: 'succeeded',
    errorClass: null,
    nextAttemptAt: null,
    ...given,
    // The generated type knows nothing of the null that a success has here.
  } as Attempt;
}
