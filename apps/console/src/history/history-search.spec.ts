import { describe, expect, it } from 'vitest';
import { attemptsQuery, codeOf, historySearch, idFilter, isFiltered, isShown } from './history-search';
import { anAttempt } from './testing-support/an-attempt';

const AN_ID = '01kay2q4c8f0v6m3d9x7r5t1ze';

describe('the address of the history', () => {
  it('is read and written without loss', () => {
    const search = {
      status: 'failed',
      event: 'order_created',
      code: '5xx',
      trigger: 'retry',
      range: '24h',
      cursor: 'abc',
      open: `att_${AN_ID}`,
      view: 'response',
      live: 'off',
    };
    expect(historySearch(search)).toEqual(search);
  });

  it('passes over what makes no sense', () => {
    expect(
      historySearch({ status: 'good', code: '6xx', errorClass: 'evil', trigger: 'x', view: '<b>', live: 'on', other: 'y', event: ' ' }),
    ).toEqual({});
  });

  it('narrows the list by its filters only', () => {
    expect(isFiltered(historySearch({ cursor: 'c', open: 'att_1', view: 'why', live: 'off' }))).toBe(false);
    expect(isFiltered(historySearch({ range: '1h' }))).toBe(true);
  });

  it('asks the server for times, never for the name of a span', () => {
    const query = attemptsQuery({ range: '1h', status: 'failed' });
    expect(query).toMatchObject({ status: 'failed', from: expect.stringContaining('T') });
    expect(query).not.toHaveProperty('range');
  });

  it('leaves tests out by asking for all the other triggers', () => {
    expect(attemptsQuery({ trigger: 'not-test' }).trigger).toEqual(['event', 'retry', 'redelivery', 'probe']);
  });

  it.each([
    ['503', '503'],
    ['5XX', '5xx'],
    ['none', 'none'],
    [404, '404'],
    ['50', undefined],
    ['abc', undefined],
  ])('reads the code %s as %s', (text, code) => expect(codeOf(text)).toBe(code));

  it.each([
    [`dlv_${AN_ID}`, { deliveryId: `dlv_${AN_ID}` }],
    [`att_${AN_ID}`, { open: `att_${AN_ID}` }],
    [`evt_${AN_ID}`, { eventId: `evt_${AN_ID}` }],
    ['order-4711', { eventId: 'order-4711' }],
    [undefined, {}],
  ])('knows what the id %s names', (id, filter) => expect(idFilter(id)).toEqual(filter));
});

describe('an attempt that comes in live', () => {
  const failed = anAttempt({ status: 'failed', statusCode: 503, errorClass: 'http_5xx', trigger: 'retry' });
  const unanswered = anAttempt({ status: 'failed', statusCode: null, errorClass: 'dns' });

  it.each([
    [{}, failed, true],
    [{ status: 'failed' }, failed, true],
    [{ status: 'succeeded' }, failed, false],
    [{ code: '5xx' }, failed, true],
    [{ code: '4xx' }, failed, false],
    [{ code: '503' }, failed, true],
    [{ code: '500' }, failed, false],
    [{ code: 'none' }, failed, false],
    [{ code: 'none' }, unanswered, true],
    [{ code: '5xx' }, unanswered, false],
    [{ errorClass: 'dns' }, unanswered, true],
    [{ errorClass: 'tls' }, unanswered, false],
    [{ errorClass: 'connection' }, unanswered, true],
    [{ errorClass: 'connection' }, failed, false],
    [{ errorClass: 'connection' }, anAttempt({ status: 'failed', statusCode: null, errorClass: 'timeout' }), false],
    [{ trigger: 'retry' }, failed, true],
    [{ trigger: 'not-test' }, failed, true],
    [{ trigger: 'not-test' }, anAttempt({ trigger: 'test' }), false],
    [{ event: 'order_updated' }, failed, false],
    [{ eventId: failed.eventId, deliveryId: failed.deliveryId }, failed, true],
    [{ deliveryId: 'dlv_other' }, failed, false],
    [{ from: '2026-11-21T10:00:01.000Z' }, failed, false],
  ] as const)('is shown under %j as the server would: %#', (filters, attempt, shown) => {
    expect(isShown(attempt, filters)).toBe(shown);
  });
});
