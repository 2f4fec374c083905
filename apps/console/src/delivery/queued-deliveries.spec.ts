import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queuedDeliveries } from './queued-deliveries';

describe('a delivery that was asked for again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is queued until the attempt is seen that was asked for', () => {
    queuedDeliveries.add('dlv_1', 3);
    queuedDeliveries.seen('dlv_1', 2);
    expect(queuedDeliveries.get().get('dlv_1')).toBe(3);
    queuedDeliveries.seen('dlv_1', 3);
    expect(queuedDeliveries.get().has('dlv_1')).toBe(false);
  });

  it('is not called queued for ever', () => {
    queuedDeliveries.add('dlv_2', 1);
    vi.advanceTimersByTime(90_000);
    expect(queuedDeliveries.get().size).toBe(0);
  });

  it('tells those who watch, once for each change', () => {
    const told = vi.fn();
    const stop = queuedDeliveries.subscribe(told);
    queuedDeliveries.seen('dlv_3', 1);
    queuedDeliveries.add('dlv_3', 1);
    queuedDeliveries.seen('dlv_3', 1);
    stop();
    expect(told).toHaveBeenCalledTimes(2);
  });
});
