import { describe, expect, it } from '@jest/globals';
import type { AppError } from '#libs/kernel';
import { fieldMask, patchOf } from './field-mask.js';

const KNOWN = new Map([
  ['name', 'name'],
  ['channel_id', 'channelId'],
  ['events', 'events'],
  ['retry_policy', 'retryPolicy'],
  ['retry_policy.schedule', 'retryPolicy.schedule'],
  ['retry_policy.final_statuses', 'retryPolicy.finalStatuses'],
]);
const LISTS = new Set(['events', 'retryPolicy.finalStatuses']);
const patch = (values: object, ...paths: string[]) => patchOf(values, fieldMask({ paths }, KNOWN), LISTS);

describe('an update', () => {
  it('without a mask changes what is there', () => {
    expect(patch({ name: 'a', channelId: undefined })).toEqual({ name: 'a' });
    expect(patchOf({ name: 'a' }, fieldMask(undefined, KNOWN), LISTS)).toEqual({ name: 'a' });
  });

  it('sets to null what is named and absent, and leaves alone what is there and not named', () => {
    expect(patch({ name: 'a' }, 'channel_id')).toEqual({ channelId: null });
  });

  it('takes a list that is named and absent for an empty one', () => {
    expect(patch({}, 'events')).toEqual({ events: [] });
  });

  it('changes one member of a member', () => {
    expect(patch({ retryPolicy: { schedule: ['5s'], finalStatuses: [404] } }, 'retry_policy.schedule')).toEqual({
      retryPolicy: { schedule: ['5s'] },
    });
    expect(patch({}, 'retry_policy.schedule', 'retry_policy.final_statuses')).toEqual({
      retryPolicy: { schedule: null, finalStatuses: [] },
    });
  });

  it('lets the whole outweigh its parts', () => {
    expect(patch({ retryPolicy: { schedule: ['5s'] } }, 'retry_policy.final_statuses', 'retry_policy')).toEqual({
      retryPolicy: { schedule: ['5s'] },
    });
  });

  it('takes the names of JSON too', () => {
    expect(patch({ channelId: 'c' }, 'channelId')).toEqual({ channelId: 'c' });
  });

  it('names every path that is no field', () => {
    const refused = (): unknown => patch({}, 'name', 'id', '__proto__');
    expect(refused).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    try {
      refused();
    } catch (error) {
      expect((error as AppError).fields.map(({ field, rule }) => `${field}: ${rule}`)).toEqual([
        'updateMask[1]: unknown-field',
        'updateMask[2]: unknown-field',
      ]);
    }
  });
});
