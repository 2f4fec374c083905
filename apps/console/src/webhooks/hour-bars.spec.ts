import { describe, expect, it } from 'vitest';
import { hourBars } from './hour-bars';

describe('the bars of an hour', () => {
  it('stand on the line for what succeeded and hang below it for what failed, all to one scale', () => {
    const hours = [
      { succeeded: 6, failed: 0 },
      { succeeded: 3, failed: 2 },
      { succeeded: 0, failed: 0 },
    ];
    expect(hourBars(hours)).toEqual({
      line: 0.75,
      bars: [
        { up: 0.75, down: 0 },
        { up: 0.375, down: 0.25 },
        { up: 0, down: 0 },
      ],
    });
  });

  it('are none where nothing was sent', () => {
    expect(hourBars([{ succeeded: 0, failed: 0 }])).toEqual({ line: 1, bars: [{ up: 0, down: 0 }] });
  });
});
