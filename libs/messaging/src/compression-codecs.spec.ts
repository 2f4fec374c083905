import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { compressFrameSync } from 'lz4-napi';
import { compressSync } from 'snappy';
import { lz4Length, snappyLength } from './uncompressed-length.js';
import { decompressLz4, decompressSnappy, MAX_BATCH_BYTES, registerCompressionCodecs } from './compression-codecs.js';

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

  const xerial = (block: Buffer, times: number) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    const blocks = Array.from({ length: times }, () => [length, block]).flat();
    return Buffer.concat([Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]), ...blocks]);
  };
  const zeros = Buffer.alloc(MAX_BATCH_BYTES + 1);
  const frame = compressFrameSync(Buffer.alloc(MAX_BATCH_BYTES / 4));
  it.each<[string, 'Snappy' | 'LZ4' | 'ZSTD' | 'GZIP', () => Buffer]>([
    ['one that says so', 'Snappy', () => compressSync(zeros)],
    ['one that lies', 'Snappy', () => Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0])],
    ['in many blocks', 'Snappy', () => xerial(compressSync(Buffer.alloc(MAX_BATCH_BYTES / 64)), 65)],
    ['one frame', 'LZ4', () => compressFrameSync(zeros)],
    ['many frames', 'LZ4', () => Buffer.concat(Array.from({ length: 5 }, () => frame))],
    ['one frame', 'ZSTD', () => zstdCompressSync(zeros)],
    ['one member', 'GZIP', () => gzipSync(zeros)],
  ])('do not let a small batch take all memory: %s of %s', async (_form, name, bomb) => {
    registerCompressionCodecs();
    const create = kafkajs.CompressionCodecs[kafkajs.CompressionTypes[name]] as () => { decompress(buffer: Buffer): Promise<Buffer> };
    const compressed = bomb();
    const { arrayBuffers } = process.memoryUsage();
    await expect(create().decompress(compressed)).rejects.toMatchObject({ name: 'RangeError' });
    // What node's own codecs have decompressed up to the bound may not have been collected yet.
    expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(1.5 * MAX_BATCH_BYTES);
  });

  it.each([0, 1, 100_000, 5_000_000])('know beforehand what %i bytes become again, or a little more', (size) => {
    const bytes = randomBytes(Math.ceil(size / 2));
    const content = Buffer.concat([bytes, bytes]).subarray(0, size);
    expect(snappyLength(compressSync(content))).toBe(size);
    const most = lz4Length(compressFrameSync(content));
    expect(most >= size && most <= size + 4 * 1024 * 1024).toBe(true);
    expect(decompressLz4(compressFrameSync(content)).equals(content)).toBe(true);
  });

  it.each([
    ['Snappy', Buffer.alloc(0)],
    ['Snappy', Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
    ['LZ4', Buffer.from('no frame at all')],
    ['LZ4', compressFrameSync(Buffer.from('cut off')).subarray(0, 12)],
    ['ZSTD', Buffer.from('no frame at all')],
    ['GZIP', Buffer.from('no member at all')],
  ] as const)('refuse what is none of theirs: %s', async (name, garbage) => {
    registerCompressionCodecs();
    const create = kafkajs.CompressionCodecs[kafkajs.CompressionTypes[name]] as () => { decompress(buffer: Buffer): Promise<Buffer> };
    await expect(create().decompress(garbage)).rejects.toThrow();
  });
});
