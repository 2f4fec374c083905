import { describe, expect, it } from '@jest/globals';
import { RecentEvents } from './recent-events.js';

const MINUTE = 60_000;
const EVENT = { source: '/shop', id: 'e-1' };
const at = (offset: number, timestamp = 0, partition = 0) => ({ topic: 'orders', partition, offset: String(offset), timestamp });
const recentEvents = (maxEvents = 1_000) => new RecentEvents({ windowMs: 10 * MINUTE, maxEvents }, 0);

describe('RecentEvents', () => {
  it('calls the same source and id at another position a repeat', () => {
    const recent = recentEvents();
    expect(recent.isRepeat(EVENT, at(5), 0)).toBe(false);
    expect(recent.isRepeat(EVENT, at(6), 0)).toBe(true);
    expect(recent.isRepeat(EVENT, at(5, 0, 1), 0)).toBe(true);
    expect(recent.isRepeat(EVENT, { ...at(5), topic: 'tickets' }, 0)).toBe(true);
  });

  it('lets the same record through however often it is read again', () => {
    const recent = recentEvents();
    recent.isRepeat(EVENT, at(5), 0);
    recent.isRepeat(EVENT, at(6), 0);
    expect([1, 2, 3].map(() => recent.isRepeat(EVENT, at(5), 0))).toEqual([false, false, false]);
  });

  it('tells source from id', () => {
    const recent = recentEvents();
    recent.isRepeat({ source: 'ab', id: 'c' }, at(1), 0);
    expect(recent.isRepeat({ source: 'a', id: 'bc' }, at(2), 0)).toBe(false);
    expect(recent.isRepeat({ source: 'ab', id: 'd' }, at(3), 0)).toBe(false);
  });

  it('ends the window 10 minutes after publishing, whenever the records are read', () => {
    const recent = recentEvents();
    recent.isRepeat(EVENT, at(1, 0), 0);
    expect(recent.isRepeat(EVENT, at(2, 10 * MINUTE), 10 * MINUTE)).toBe(true);
    expect(recent.isRepeat(EVENT, at(3, 10 * MINUTE + 1), 1)).toBe(false);
    expect(recent.isRepeat(EVENT, at(4, 20 * MINUTE), 2)).toBe(true); // of the third one
  });

  it('remembers for a whole window of reading, across the change of generations', () => {
    const recent = recentEvents();
    recent.isRepeat({ source: 's', id: 'first' }, at(0), 0);
    recent.isRepeat(EVENT, at(1), 10 * MINUTE - 1);
    recent.isRepeat({ source: 's', id: 'x' }, at(2), 10 * MINUTE);
    expect(recent.isRepeat(EVENT, at(3), 20 * MINUTE - 1)).toBe(true);
  });

  it('holds no more than its bound, the latest of all', () => {
    const recent = recentEvents(100);
    for (let i = 0; i < 1_000; i++) recent.isRepeat({ source: 's', id: `e-${i}` }, at(i), 0);
    expect(recent.size).toBeLessThanOrEqual(100);
    const known = (i: number) => recent.isRepeat({ source: 's', id: `e-${i}` }, at(i + 5_000), 0);
    expect([999, 960].map(known)).toEqual([true, true]);
    expect(known(0)).toBe(false);
  });
});
