import { describe, expect, it } from '@jest/globals';
import { runnerHealth, type RunnerState } from './runner-health.js';

const NOW = 1_000_000;
const partition = { name: 'orders/0', running: 0, progressAt: NOW, lag: 0 };
const state = (change: Partial<RunnerState>): RunnerState => ({
  now: NOW,
  started: true,
  joined: true,
  tickedAt: NOW,
  partitions: [partition],
  publisherReady: true,
  crashes: 0,
  lastError: undefined,
  ...change,
});
const longAgo = NOW - 130_000;

describe('runnerHealth', () => {
  it.each<[string, Partial<RunnerState>, boolean, boolean]>([
    ['a member at work', { partitions: [{ ...partition, lag: 7 }] }, true, true],
    ['nothing started yet', { started: false, joined: false, tickedAt: 0 }, false, true],
    ['on its way into the group', { joined: false }, false, true],
    ['a fetch loop that stands still', { tickedAt: longAgo }, false, false],
    ['work without an outcome for more than a minute', { partitions: [{ ...partition, running: 1, progressAt: longAgo }] }, false, false],
    ['records that are only held for later', { partitions: [{ ...partition, lag: 3, progressAt: longAgo }] }, true, true],
    [
      'work that waits for a publisher without a broker',
      { publisherReady: false, partitions: [{ ...partition, running: 1, progressAt: longAgo }] },
      false,
      true,
    ],
    ['a few crashes', { crashes: 3 }, true, true],
    ['too many crashes', { crashes: 10 }, false, false],
  ])('%s', (_name, change, ready, live) => {
    expect(runnerHealth(state(change))).toMatchObject({ ready, live });
  });

  it('says what is wrong', () => {
    expect(runnerHealth(state({ joined: false, lastError: 'ECONNREFUSED' })).detail).toBe('not in the group; ECONNREFUSED');
    expect(runnerHealth(state({ partitions: [{ ...partition, lag: 7 }] })).detail).toBe('lag 7');
  });
});
