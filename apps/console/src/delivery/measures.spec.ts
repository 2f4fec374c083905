import { describe, expect, it } from 'vitest';
import { bytesText, durationText, sizeText } from './measures';

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [12.34, '12.3 ms'],
    [999, '999 ms'],
    [1250, '1.3 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [119_900, '2 min'],
    [5_400_000, '1.5 h'],
  ])('of %d ms is %s', (ms, text) => expect(durationText(ms)).toBe(text));
});

describe('a size', () => {
  it('is counted in bytes as they are sent', () => expect(sizeText('é🙂')).toBe('6 B'));
  it.each([
    [1536, '1.5 KiB'],
    [1_048_576, '1 MiB'],
  ])('of %d bytes is %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));
});
