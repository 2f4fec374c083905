import { describe, expect, it } from '@jest/globals';
import { judge, type Evidence, type SeenOutcome, type SeenRequest } from './oracle.js';

const request = (eventId: string, overrides: Partial<SeenRequest> = {}): SeenRequest => ({
  eventId,
  webhook: 'a',
  attempt: 1,
  status: 200,
  verified: true,
  ...overrides,
});
const outcome = (eventId: string, overrides: Partial<SeenOutcome> = {}): SeenOutcome => ({
  eventId,
  webhook: 'a',
  delivery: `tail-${eventId}`,
  result: 'succeeded',
  ...overrides,
});

/** Two events to one webhook, each once, unless doctored. */
const faultsOf = (doctored: Partial<Evidence> = {}): readonly string[] =>
  judge({
    expected: [
      { eventId: '1', webhook: 'a' },
      { eventId: '2', webhook: 'a' },
    ],
    refused: [],
    requests: [request('1'), request('2')],
    outcomes: [outcome('1'), outcome('2')],
    forbidden: [],
    committed: [],
    repeatsAllowed: 0,
    ...doctored,
  }).faults;

describe('the oracle', () => {
  it('finds nothing where everything arrived once', () => {
    expect(faultsOf()).toEqual([]);
  });

  it('finds nothing where a failed attempt was followed by one that succeeded', () => {
    expect(faultsOf({ requests: [request('1', { status: 503 }), request('1', { attempt: 2 }), request('2')] })).toEqual([]);
  });

  it('finds nothing where what may not go anywhere failed without a request, and watermarks rose', () => {
    const refused = [{ eventId: '1', webhook: 'inside' }];
    const outcomes = [outcome('1'), outcome('2'), outcome('1', { webhook: 'inside', result: 'failed' })];
    const committed = [-1, 5, 5, 9].map((offset) => ({ of: 'group topic-0', offset }));
    expect(faultsOf({ refused, outcomes, committed })).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, string]>([
    ['a delivery that never arrived', { requests: [request('1')] }, '1 missing: never answered with 2xx: 2 to a'],
    ['one that only failed', { requests: [request('1'), request('2', { status: 500 })] }, '1 missing'],
    ['one whose answer never left', { requests: [request('1'), request('2', { status: null })] }, '1 missing'],
    ['an endpoint that must not be reached', { requests: [request('1'), request('2'), request('1', { webhook: 'b' })] }, '1 unexpected'],
    ['a visit where no webhook may go', { forbidden: ['POST / HTTP/1.1'] }, '1 reached the forbidden listener: POST / HTTP/1.1'],
    ['a refused delivery without an outcome', { refused: [{ eventId: '1', webhook: 'inside' }] }, '1 without an outcome: 1 to inside'],
    [
      'a refused delivery that counts as delivered',
      { refused: [{ eventId: '1', webhook: 'b' }], outcomes: [outcome('1'), outcome('2'), outcome('1', { webhook: 'b' })] },
      'say otherwise: 1 to b succeeded',
    ],
    [
      'a watermark that goes back, though it has risen again',
      { committed: [3, 7, 5, 9].map((offset) => ({ of: 'group topic-0', offset })) },
      '1 watermarks that went back: group topic-0 from 7 to 5',
    ],
    ['a delivery without an outcome', { outcomes: [outcome('1')] }, '1 without an outcome: 2 to a'],
    ['two ends of one delivery', { outcomes: [outcome('1'), outcome('1', { result: 'failed' }), outcome('2')] }, '1 several outcomes'],
    ['two deliveries of one event', { outcomes: [outcome('1'), outcome('1', { delivery: 'other' }), outcome('2')] }, '1 several outcomes'],
    [
      'a delivered event that counts as failed',
      { outcomes: [outcome('1'), outcome('2', { result: 'failed' })] },
      'say otherwise: 2 to a failed',
    ],
    ['an outcome of nothing', { outcomes: [outcome('1'), outcome('2'), outcome('3')] }, '1 an outcome of what was not'],
    ['a signature that does not verify', { requests: [request('1'), request('2', { verified: false })] }, '1 a signature'],
    [
      'a repeat without a crash',
      { requests: [request('1'), request('1'), request('2')] },
      '1 repeated requests, of which crashes explain 0',
    ],
    ['an attempt after success', { requests: [request('1'), request('1', { attempt: 2 }), request('2')] }, '1 repeated requests'],
    ['an outcome written twice without a crash', { outcomes: [outcome('1'), outcome('1'), outcome('2')] }, '1 repeated outcomes'],
  ])('finds %s', (_, doctored, found) => {
    expect(faultsOf(doctored)).toContainEqual(expect.stringContaining(found));
  });

  it('lets as many repeats pass as crashes explain, and no more', () => {
    const thrice = [request('1'), request('1'), request('1'), request('2')];
    expect(faultsOf({ requests: thrice, repeatsAllowed: 2 })).toEqual([]);
    expect(faultsOf({ requests: thrice, repeatsAllowed: 1 })).toHaveLength(1);
  });

  it('names five examples and counts the rest', () => {
    const expected = Array.from({ length: 9 }, (_, i) => ({ eventId: `${i}`, webhook: 'a' }));
    expect(faultsOf({ expected, requests: [], outcomes: [] })[0]).toMatch(/^9 missing.*4 to a, and 4 more$/);
  });
});
