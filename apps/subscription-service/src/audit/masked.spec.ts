import { describe, expect, it } from '@jest/globals';
import { masked } from './masked.js';

describe('what the audit log keeps', () => {
  it('is without the texts under names that stand for secrets, however deep', () => {
    const entry = { name: 'a', secret: 's', list: [{ token: 't', n: 1 }], auth: { password: 'p', Authorization: 'x' }, key: null };
    expect(masked(entry)).toEqual({
      name: 'a',
      secret: '[set]',
      list: [{ token: '[set]', n: 1 }],
      auth: { password: '[set]', Authorization: '[set]' },
      key: null,
    });
    expect(masked(null)).toBeNull();
  });

  it('keeps a schema that describes a member of such a name', () => {
    const schema = { properties: { token: { type: 'string' } } };
    expect(masked(schema)).toEqual(schema);
  });
});
