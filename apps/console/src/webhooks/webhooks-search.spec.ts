import { describe, expect, it } from 'vitest';
import type { WebhookPage } from '../api';
import { aWebhook } from '../webhook-form/testing-support/a-webhook';
import { isFiltered, webhooksSearch } from './webhooks-search';
import { withStatus } from './with-status';

describe('the address of the list', () => {
  it('keeps what the list knows and passes over the rest', () => {
    expect(webhooksSearch({ q: 'bill', status: 'disabled', health: 'ill', event: 12, other: 'x', module: '' })).toEqual({
      q: 'bill',
      status: 'disabled',
      event: '12',
    });
  });

  it('is filtered by anything but a cursor', () => {
    expect(isFiltered({ cursor: 'abc' })).toBe(false);
    expect(isFiltered({ q: 'bill' })).toBe(true);
  });
});

describe('a status that changes before the server has answered', () => {
  const page: WebhookPage = { data: [aWebhook({ id: 'wh_a' }), aWebhook({ id: 'wh_b' })], nextCursor: null };

  it('changes in a page of the list and in the webhook itself', () => {
    expect(withStatus(page, 'wh_b', 'disabled').data.map(({ status }) => status)).toEqual(['enabled', 'disabled']);
    expect(withStatus(aWebhook({ id: 'wh_a' }), 'wh_a', 'disabled')).toMatchObject({ status: 'disabled', disabledReason: 'manual' });
  });

  it('leaves alone what the webhook is not in', () => {
    expect(withStatus(page, 'wh_c', 'disabled')).toBe(page);
  });
});
