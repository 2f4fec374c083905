import { describe, expect, it } from 'vitest';
import { hasDelivered } from './first-delivery';
import { percent, span } from './numbers';
import { historySearch } from '../history/history-search';
import { historyFilter, OUTCOMES } from './outcomes';
import { overviewSearch, statsQuery } from './overview-search';

describe('the overview', () => {
  it('asks for the last day unless the address says otherwise', () => {
    expect(statsQuery({})).toEqual({ range: '24h' });
    expect(statsQuery(overviewSearch({ range: '7d', webhookId: 'wh_1' }))).toEqual({ range: '7d', webhookId: 'wh_1' });
    expect(statsQuery(overviewSearch({ range: 'ever' }))).toEqual({ range: '24h' });
  });

  it('begins a time that only ends a day before it', () => {
    expect(statsQuery({ to: '2026-11-21T10:00:00.000Z' })).toEqual({ from: '2026-11-20T10:00:00.000Z', to: '2026-11-21T10:00:00.000Z' });
  });

  it('leads from a bar to the attempts that it counts', () => {
    const filter = historyFilter('http5xx', '2026-11-21T10:00:00.000Z', 900);
    expect(filter).toEqual({ code: '5xx', trigger: 'not-test', from: '2026-11-21T10:00:00.000Z', to: '2026-11-21T10:15:00.000Z' });
    // What the history does not know it would pass over, and show all.
    for (const outcome of OUTCOMES) {
      const { from: _, to: _1, ...narrowed } = historyFilter(outcome, '2026-11-21T10:00:00.000Z', 900);
      expect(historySearch(narrowed)).toEqual(narrowed);
    }
  });

  it('has delivered once something real has succeeded, not when it was tried or tested', () => {
    expect([hasDelivered({ succeeded: 0 }, []), hasDelivered({ succeeded: 0 }, [{ test: true }])]).toEqual([false, false]);
    expect([hasDelivered({ succeeded: 1 }), hasDelivered({ succeeded: 0 }, [{ test: true }, { test: false }])]).toEqual([true, true]);
  });

  it('calls only what is all 100 %', () => {
    expect([1, 0.99996, 0.723, 0].map(percent)).toEqual(['100 %', '99.99 %', '72.3 %', '0 %']);
  });

  it('says times in the unit that tells most', () => {
    expect([12, 1400, 61_000, 7_200_000, 432_000_000].map(span)).toEqual(['12 ms', '1.4 s', '1 min', '2 h', '5 d']);
  });
});
