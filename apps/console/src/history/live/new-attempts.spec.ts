import { describe, expect, it } from 'vitest';
import { anAttempt } from '../testing-support/an-attempt';
import { NO_NEW_ATTEMPTS, notAmong, withAttempt, withGap } from './new-attempts';

const numbered = (number: number) => anAttempt({ id: `att_${number}` });
const ids = (attempts: readonly { id: string }[]) => attempts.map(({ id }) => id);

describe('new attempts', () => {
  it('wait, the newest first, each once', () => {
    const news = [1, 2, 1].reduce((before, number) => withAttempt(before, numbered(number)), NO_NEW_ATTEMPTS);
    expect(ids(news.waiting)).toEqual(['att_2', 'att_1']);
  });

  it('do not wait once the list shows them', () => {
    const news = withAttempt(withAttempt(NO_NEW_ATTEMPTS, numbered(1)), numbered(2));
    expect(ids(notAmong(news, [numbered(2)]).waiting)).toEqual(['att_1']);
    expect(notAmong(news, [])).toBe(news);
  });

  it('are bounded, however many come', () => {
    let news = NO_NEW_ATTEMPTS;
    for (let number = 0; number < 1500; number++) news = withAttempt(news, numbered(number));
    expect(news).toMatchObject({ more: true });
    expect(news.waiting).toHaveLength(999);
  });

  it('tell that the server left some out', () => {
    expect(withGap(NO_NEW_ATTEMPTS)).toEqual({ waiting: [], more: true });
  });
});
