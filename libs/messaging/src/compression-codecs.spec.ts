import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { compressSync } from 'snappy';
import { decompressSnappy, registerCompressionCodecs } from './compression-codecs.js';

const plain = Buffer.from('a record batch '.repeat(5_000));

describe('compression codecs', () => {
  it('read snappy as one raw block', () => {
    expect(decompressSnappy(compressSync(plain))).toEqual(plain);
  });

  it('read snappy in the blocks of the Java client', () => {
    const block = (part: Buffer) => {
      const compressed = compressSync(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(compressed.length);
      return Buffer.concat([length, compressed]);
    };
    const header = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    const framed = Buffer.concat([header, block(plain.subarray(0, 32_768)), block(plain.subarray(32_768))]);
    expect(decompressSnappy(framed)).toEqual(plain);
  });

  it.each(['Snappy', 'LZ4', 'ZSTD', 'GZIP'] as const)('read what they wrote: %s', async (name) => {
    registerCompressionCodecs();
    const create = kafkajs.CompressionCodecs[kafkajs.CompressionTypes[name]] as () => {
      compress(encoder: { buffer: Buffer }): Promise<Buffer>;
      decompress(buffer: Buffer): Promise<Buffer>;
    };
    const compressed = await create().compress({ buffer: plain });
    expect(compressed.length).toBeLessThan(plain.length / 10);
    expect(await create().decompress(compressed)).toEqual(plain);
  });

  it('do not let a small batch take all memory', async () => {
    registerCompressionCodecs();
    const create = kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] as () => { decompress(buffer: Buffer): Promise<Buffer> };
    await expect(create().decompress(zstdCompressSync(Buffer.alloc(300 * 1024 * 1024)))).rejects.toThrow();
  });
});
