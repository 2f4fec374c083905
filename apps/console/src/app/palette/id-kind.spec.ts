import { describe, expect, it } from 'vitest';
import { idKind } from './id-kind';

describe('idKind', () => {
  it.each([
    ['wh_01kay2q4c8f0v6m3d9x7r5t1ze', 'webhook'],
    ['dlv_01kay2q4c8f0v6m3d9x7r5t1ze', 'delivery'],
    ['att_01kay2q4c8f0v6m3d9x7r5t1ze', 'attempt'],
    ['evt_01kay2q4c8f0v6m3d9x7r5t1ze', 'event'],
  ])('tells by the prefix what %s names', (id, kind) => {
    expect(idKind(id)).toBe(kind);
  });

  it.each(['order-7', 'wh_', 'toString_01kay2q4c8f0v6m3d9x7r5t1ze', 'key_01kay2q4c8f0v6m3d9x7r5t1ze', ''])(
    'does not guess about %j',
    (text) => {
      expect(idKind(text)).toBeUndefined();
    },
  );
});
