import { describe, expect, it, vi } from 'vitest';
import { guardLeaving, leaveAfterAsking } from './leaving';

describe('what takes the page away', () => {
  it('happens at once where nothing would be lost', () => {
    const leave = vi.fn();
    const unguard = guardLeaving({ wouldLose: () => false, ask: () => undefined });
    leaveAfterAsking(leave);
    unguard();
    expect(leave).toHaveBeenCalledOnce();
  });

  it('waits for an answer where something would be, and only for as long as it would', () => {
    const leave = vi.fn();
    const asked: (() => void)[] = [];
    const unguard = guardLeaving({ wouldLose: () => true, ask: (then) => asked.push(then) });
    leaveAfterAsking(leave);
    expect([leave.mock.calls.length, asked.length]).toEqual([0, 1]);
    asked[0]!();
    unguard();
    leaveAfterAsking(leave);
    expect(leave).toHaveBeenCalledTimes(2);
  });
});
