import { describe, expect, it } from 'vitest';
import { embeddingOf } from './embedding';

describe('how an address embeds the console', () => {
  it('is said by embed and theme', () => {
    expect(embeddingOf('?embed=1&theme=dark')).toEqual({ embedded: true, theme: 'dark' });
    expect(embeddingOf('')).toEqual({ embedded: false, theme: undefined });
  });

  it('passes over what makes no sense', () => {
    expect(embeddingOf('?embed=yes&theme=pink')).toEqual({ embedded: false, theme: undefined });
  });
});
