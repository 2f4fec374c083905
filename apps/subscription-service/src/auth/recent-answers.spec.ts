import { describe, expect, it } from '@jest/globals';
import { RecentAnswers } from './recent-answers.js';

describe('recent answers', () => {
  it('are asked for once', async () => {
    let asked = 0;
    const answers = new RecentAnswers(async () => ++asked);
    expect(await Promise.all([answers.get('a'), answers.get('a')])).toEqual([1, 1]);
    expect(await answers.get('b')).toBe(2);
    expect(await answers.get('a')).toBe(1);
  });

  it('that were forgotten while they were looked up are not told to who comes later', async () => {
    const pending: ((value: string) => void)[] = [];
    const answers = new RecentAnswers(() => new Promise<string>((resolve) => pending.push(resolve)));
    const early = answers.get('a');
    answers.forget('a');
    const late = answers.get('a');
    pending[1]!('new');
    pending[0]!('old');
    expect([await early, await late, await answers.get('a')]).toEqual(['old', 'new', 'new']);
  });

  it('that failed are asked for again', async () => {
    let asked = 0;
    const answers = new RecentAnswers(async () => {
      if (++asked === 1) throw new Error('away');
      return asked;
    });
    await expect(answers.get('a')).rejects.toThrow('away');
    expect(await answers.get('a')).toBe(2);
  });

  it('are bounded: the one used longest ago goes first', async () => {
    const asked: string[] = [];
    const answers = new RecentAnswers(async (key) => void asked.push(key), 2);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await answers.get(key);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });
});
