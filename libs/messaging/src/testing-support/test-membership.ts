/** Sessions as short as the broker allows, and polls short enough that a spec does not wait for them. */
export const TEST_MEMBERSHIP = { sessionMs: 6_000, heartbeatMs: 300, longPollMs: 200, pausedPollMs: 20 };
