import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { compressFrameSync, decompressFrameSync } from 'lz4-napi';
import { compressSync, uncompressSync } from 'snappy';

import { lz4Length, snappyLength } from './uncompressed-length.js';

const { CompressionCodecs, CompressionTypes } = kafkajs;

// The framing of Java's SnappyOutputStream: this magic, two version numbers, then blocks behind their lengths.
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/**
 * Largest batch that decompression may yield, 64 times what a broker takes in by default, so that a small hostile batch
 * cannot take the memory of the process. Codecs that cannot be told are asked beforehand what they are going to yield.
 */
export const MAX_BATCH_BYTES = 64 * 1024 * 1024;

/** Decompresses snappy, raw or in xerial framing. @throws RangeError before it takes memory for more than the bound */
export function decompressSnappy(compressed: Buffer): Buffer {
  const blocks = compressed.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC) ? xerialBlocks(compressed) : [compressed];
  bound(blocks.reduce((sum, block) => sum + snappyLength(block), 0));
  return Buffer.concat(blocks.map((block) => uncompressSync(block) as Buffer));
}

function xerialBlocks(framed: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < framed.length;) {
    const length = framed.readUInt32BE(at);
    blocks.push(framed.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return blocks;
}

/** Decompresses lz4 frames. @throws RangeError before it takes memory for more than the bound */
export function decompressLz4(compressed: Buffer): Buffer {
  bound(lz4Length(compressed));
  return decompressFrameSync(compressed);
}

function bound(bytes: number): void {
  if (bytes > MAX_BATCH_BYTES) throw new RangeError(`a batch of up to ${bytes} bytes is more than ${MAX_BATCH_BYTES}`);
}

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

const codec = (compress: (plain: Buffer) => Buffer, decompress: (compressed: Buffer) => Buffer) => (): Codec => ({
  compress: async ({ buffer }) => compress(buffer),
  decompress: async (buffer) => decompress(buffer),
});

/** Teaches kafkajs, which brings an unbounded gzip only, every compression an upstream producer may use. */
export function registerCompressionCodecs(): void {
  CompressionCodecs[CompressionTypes.GZIP] = codec(
    (plain) => gzipSync(plain),
    (compressed) => gunzipSync(compressed, { maxOutputLength: MAX_BATCH_BYTES }),
  );
  CompressionCodecs[CompressionTypes.Snappy] = codec((plain) => compressSync(plain), decompressSnappy);
  CompressionCodecs[CompressionTypes.LZ4] = codec((plain) => compressFrameSync(plain), decompressLz4);
  CompressionCodecs[CompressionTypes.ZSTD] = codec(
    (plain) => zstdCompressSync(plain),
    (compressed) => zstdDecompressSync(compressed, { maxOutputLength: MAX_BATCH_BYTES }),
  );
}
