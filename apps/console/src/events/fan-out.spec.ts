import { describe, expect, it } from 'vitest';
import type { EventTrace } from '../api';
import { asSentence, fanOut, reached } from './fan-out';

type Traced = EventTrace['webhooks'][number];

function traced(webhookId: string, matched: boolean, states: readonly string[] = [], name: string | null = webhookId): Traced {
  const deliveries = states.map((state) => ({ delivery: { state }, attempts: [] }));
  return { webhookId, name, url: '', matched, reason: null, words: '', changedSince: false, deliveries } as unknown as Traced;
}

const WEBHOOKS = [
  traced('other', false),
  traced('good', true, ['succeeded']),
  traced('bad', true, ['failed']),
  traced('retried', true, ['failed', 'retrying']),
  traced('none', true),
  traced('gone', true, ['failed'], null),
];

describe('the fan-out of an event', () => {
  it('begins with the webhooks that got it', () => {
    expect(fanOut(WEBHOOKS, 'all').map(({ webhookId }) => webhookId)).toEqual(['good', 'bad', 'retried', 'none', 'gone', 'other']);
  });

  it('can be narrowed to those that got it and to those that did not', () => {
    expect(fanOut(WEBHOOKS, 'missed').map(({ webhookId }) => webhookId)).toEqual(['other']);
    expect(fanOut(WEBHOOKS, 'matched')).toHaveLength(5);
  });

  it('is missing where nothing succeeded and nothing is under way', () => {
    expect(reached(WEBHOOKS, 'all')).toBe(4);
    expect(reached(WEBHOOKS, 'missing')).toBe(2);
  });

  it.each([
    ['not sent because the webhook was disabled', 'Not sent because the webhook was disabled.'],
    ['Is it?', 'Is it?'],
    ['', ''],
  ])('says %j as a sentence', (words, sentence) => expect(asSentence(words)).toBe(sentence));
});
