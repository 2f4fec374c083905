import { describe, expect, it } from '@jest/globals';
import { metadataFaults } from './metadata.js';

const faultsOf = (metadata: Record<string, string>): string[] => metadataFaults(metadata).map(({ field, rule }) => `${field}: ${rule}`);
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, '']));

describe('metadata', () => {
  it.each([[{}], [keys(50)], [{ ['ä'.repeat(64)]: '€'.repeat(341), constructor: 'two\nlines' }]])('%# is in order', (metadata) => {
    expect(faultsOf(metadata as Record<string, string>)).toEqual([]);
  });

  it.each<[Record<string, string>, string[]]>([
    [keys(51), ['metadata: metadata.count']],
    [{ '': 'x' }, ['metadata.: metadata.key-length']],
    [{ ['k'.repeat(5_000)]: 'x' }, [`metadata.${'k'.repeat(64)}: metadata.key-length`]],
    [{ 'a\u0007': 'x' }, ['metadata.a\u0007: printable']],
    [{ a: 'x'.repeat(1_025) }, ['metadata.a: metadata.value-length']],
    [{ a: '€'.repeat(342) }, ['metadata.a: metadata.value-length']],
    [{ a: 'x\u0000', b: '\ud800' }, ['metadata.a: printable', 'metadata.b: printable']],
  ])('%# is refused', (metadata, faults) => {
    expect(faultsOf(metadata)).toEqual(faults);
  });
});
