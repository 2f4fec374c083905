import { describe, expect, it } from 'vitest';
import { previousValidUntil } from './previous-valid-until';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const changed = (after: string | null) => ({ changes: [{ field: 'previousValidUntil', before: null, after }] });

describe('the time for which the secret before signs too', () => {
  it('is what the last change of it says, while it lasts', () => {
    expect(previousValidUntil([{ changes: [] }, changed('2026-11-21T12:00:00Z'), changed(null)], NOW)).toBe('2026-11-21T12:00:00Z');
  });

  it('is over when it has passed, was ended or never was', () => {
    expect(previousValidUntil([changed('2026-11-20T11:00:00Z')], NOW)).toBeUndefined();
    expect(previousValidUntil([changed(null), changed('2026-11-21T12:00:00Z')], NOW)).toBeUndefined();
    expect(previousValidUntil([], NOW)).toBeUndefined();
  });
});
