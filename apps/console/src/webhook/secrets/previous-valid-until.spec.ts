import { describe, expect, it } from 'vitest';
import { previousValidUntil, recentChanges } from './previous-valid-until';

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

describe('the changes that may tell of it', () => {
  const change = (occurredAt: string) => ({ version: 1, type: 'webhook.updated', actor: 'admin', occurredAt, changes: [] });
  const pages: Record<string, { data: ReturnType<typeof change>[]; nextCursor: string | null }> = {
    first: { data: [change('2026-11-20T11:00:00Z')], nextCursor: 'second' },
    second: { data: [change('2026-11-14T11:00:00Z'), change('2026-11-12T11:00:00Z')], nextCursor: 'third' },
    third: { data: [change('2026-11-01T11:00:00Z')], nextCursor: null },
  };

  it('are those of the longest overlap, on however many pages', async () => {
    const read: string[] = [];
    const changes = await recentChanges(async (cursor) => {
      read.push(cursor ?? 'first');
      return pages[cursor ?? 'first']!;
    }, NOW);
    expect([read, changes.length]).toEqual([['first', 'second'], 3]);
  });
});
