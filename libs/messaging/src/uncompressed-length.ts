const LZ4_MAGIC = 0x184d2204;
/** The largest ratio of the format: a block cannot yield more than this for each of its bytes. */
const LZ4_RATIO = 255;
const VARINT_BYTES = 5;

/** What a raw snappy block says of itself, in front of everything else: a variable-length integer, the lowest bits first. */
export function snappyLength(block: Buffer): number {
  let length = 0;
  for (let i = 0; i < VARINT_BYTES; i++) {
    const byte = block.readUInt8(i);
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return length;
  }
  throw new RangeError('the length of a snappy block is malformed');
}

/**
 * The most that lz4 frames can yield, from the headers of their blocks alone: many producers leave the size of the content
 * out, and what it says need not be true. The only inaccuracy is the last block of each frame, which may be smaller.
 * @throws RangeError when this is no whole frame
 */
export function lz4Length(frames: Buffer): number {
  let sum = 0;
  for (let at = 0; at < frames.length;) {
    if (frames.readUInt32LE(at) !== LZ4_MAGIC) throw new RangeError('no lz4 frame');
    const flags = frames.readUInt8(at + 4);
    const most = 2 ** (8 + 2 * ((frames.readUInt8(at + 5) >> 4) & 7));
    const hasContentSize = (flags & 0x08) !== 0;
    if (hasContentSize) sum = Math.max(sum, Number(frames.readBigUInt64LE(at + 6)));
    at += 7 + (hasContentSize ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
    for (;;) {
      const header = frames.readUInt32LE(at);
      at += 4;
      if (header === 0) break;
      const size = header & 0x7fffffff;
      sum += header > 0x7fffffff ? size : Math.min(most, LZ4_RATIO * size);
      at += size + ((flags & 0x10) !== 0 ? 4 : 0);
    }
    if ((flags & 0x04) !== 0) at += 4;
  }
  return sum;
}
