import { describe, expect, it } from '@jest/globals';
import { Lease } from './lease.js';

describe('Lease', () => {
  it('is held from joining until a session has gone by without a proof', () => {
    let now = 1_000;
    const lease = new Lease(100, () => now);
    lease.renew(now);
    expect(lease.held()).toBe(false);
    lease.settle();
    expect(lease.held()).toBe(true);
    now = 1_099;
    expect(lease.held()).toBe(true);
    now = 1_100;
    expect(lease.held()).toBe(false);
    lease.renew(1_050);
    expect(lease.held()).toBe(true);
  });

  it('is not renewed by an answer to an old request that a frozen process reads late', () => {
    let now = 0;
    const lease = new Lease(100, () => now);
    lease.settle();
    now = 60_000;
    lease.renew(10);
    expect(lease.held()).toBe(false);
  });

  it('is not held while the member joins again', () => {
    const lease = new Lease(100, () => 0);
    lease.renew(0);
    lease.settle();
    lease.unsettle();
    expect(lease.held()).toBe(false);
  });
});
