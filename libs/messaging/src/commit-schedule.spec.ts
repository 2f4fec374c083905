import { describe, expect, it } from '@jest/globals';
import { CommitSchedule } from './commit-schedule.js';
import type { CommitOffset } from './group-member.js';

/** A coordinator that takes commits from a certain try on; what it has not taken stays due. */
function schedule(takesFromTry: number) {
  let due: CommitOffset[] = [{ topic: 't', partition: 0, offset: 7 }];
  let tries = 0;
  const commits = new CommitSchedule(
    1,
    () => due,
    async () => {
      if (++tries >= takesFromTry) due = [];
    },
  );
  return { commits, tries: () => tries, due: () => due };
}

describe('CommitSchedule', () => {
  it('tries the last commit of a membership again when it fails', async () => {
    const { commits, tries, due } = schedule(3);
    await commits.settle();
    expect([tries(), due()]).toEqual([3, []]);
  });

  it('gives the last commit up after a few tries, so that a rebalance goes on', async () => {
    const { commits, tries } = schedule(Infinity);
    await commits.settle();
    expect(tries()).toBe(4);
  });

  it('sends no commit when nothing is due', async () => {
    const { commits, tries } = schedule(1);
    await commits.settle();
    await commits.settle();
    expect(tries()).toBe(1);
  });
});
