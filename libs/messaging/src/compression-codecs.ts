import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { compressFrameSync, decompressFrameSync } from 'lz4-napi';
import { compressSync, uncompressSync } from 'snappy';

const { CompressionCodecs, CompressionTypes } = kafkajs;

// The framing of Java's SnappyOutputStream: this magic, two version numbers, then blocks behind their lengths.
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/** Largest batch that decompression may yield, so that a small hostile batch cannot take the memory of the process. */
const MAX_BATCH_BYTES = 256 * 1024 * 1024;

/** Decompresses snappy, raw or in xerial framing. */
export function decompressSnappy(compressed: Buffer): Buffer {
  if (!compressed.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return uncompressSync(compressed) as Buffer;
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at + 4 <= compressed.length;) {
    const length = compressed.readUInt32BE(at);
    blocks.push(uncompressSync(compressed.subarray(at + 4, at + 4 + length)) as Buffer);
    at += 4 + length;
  }
  return Buffer.concat(blocks);
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
  CompressionCodecs[CompressionTypes.LZ4] = codec((plain) => compressFrameSync(plain), decompressFrameSync);
  CompressionCodecs[CompressionTypes.ZSTD] = codec(
    (plain) => zstdCompressSync(plain),
    (compressed) => zstdDecompressSync(compressed, { maxOutputLength: MAX_BATCH_BYTES }),
  );
}
