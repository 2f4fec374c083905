import { describe, expect, it } from '@jest/globals';
import { mergeRetryPolicy, retryPolicyFaults, type RetryPolicyInput, scheduleMs } from './retry-policy.js';

const faultsOf = (input: RetryPolicyInput): string[] => retryPolicyFaults(input).map(({ field, rule }) => `${field}: ${rule}`);
const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));

describe('a retry policy', () => {
  it.each<RetryPolicyInput>([
    {},
    { schedule: null, finalStatuses: null },
    { schedule: [], finalStatuses: [] },
    { schedule: many(20, () => '7d') },
    { schedule: ['0s', '604800s', '168h'] },
    { finalStatuses: [300, 410, 599] },
    { finalStatuses: many(50, (index) => 400 + index) },
  ])('%j is in order', (input) => {
    expect(faultsOf(input)).toEqual([]);
  });

  it('names each faulty entry by its place', () => {
    const schedule = ['5s', 5, '8d', null, 'soon'] as string[];
    const finalStatuses = [200, 404, 404, 600, 400.5, '410', null] as number[];
    expect(faultsOf({ schedule, finalStatuses })).toEqual([
      'retryPolicy.schedule[1]: retry.delay-form',
      'retryPolicy.schedule[2]: retry.delay-range',
      'retryPolicy.schedule[3]: retry.delay-form',
      'retryPolicy.schedule[4]: retry.delay-form',
      'retryPolicy.finalStatuses[0]: retry.status',
      'retryPolicy.finalStatuses[2]: duplicate',
      'retryPolicy.finalStatuses[3]: retry.status',
      'retryPolicy.finalStatuses[4]: retry.status',
      'retryPolicy.finalStatuses[5]: retry.status',
      'retryPolicy.finalStatuses[6]: retry.status',
    ]);
  });

  it('has at most 20 delays and 50 final statuses', () => {
    expect(faultsOf({ schedule: many(21, () => '1s'), finalStatuses: many(51, (index) => 400 + index) })).toEqual([
      'retryPolicy.schedule: retry.delay-count',
      'retryPolicy.finalStatuses: retry.status-count',
    ]);
  });

  it('says its delays in milliseconds, none for no retries, null for the schedule of the deployment', () => {
    expect(scheduleMs({ schedule: ['0s', '250ms', '5m'], finalStatuses: [] })).toEqual([0, 250, 300_000]);
    expect(scheduleMs({ schedule: [], finalStatuses: [] })).toEqual([]);
    expect(scheduleMs({ schedule: null, finalStatuses: [] })).toBeNull();
  });

  it.each<[string, RetryPolicyInput | null, object | null]>([
    ['an absent member is left alone', { finalStatuses: [410] }, { schedule: ['5s'], finalStatuses: [410] }],
    ['a list is replaced', { schedule: [] }, { schedule: [], finalStatuses: [404] }],
    ['null takes a member away', { schedule: null, finalStatuses: null }, { schedule: null, finalStatuses: [] }],
    ['null takes all away', null, null],
    ['nothing changes nothing', {}, { schedule: ['5s'], finalStatuses: [404] }],
  ])('merged: %s', (_, input, expected) => {
    expect(mergeRetryPolicy({ schedule: ['5s'], finalStatuses: [404] }, input)).toEqual(expected);
  });

  it('merged into none starts from the rules of the deployment', () => {
    expect(mergeRetryPolicy(null, { finalStatuses: [404] })).toEqual({ schedule: null, finalStatuses: [404] });
  });
});
