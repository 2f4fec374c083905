/** What is kept of a response's body, in bytes. */
export const MAX_RESPONSE_BYTES = 16_384;

const NOTHING = Buffer.alloc(0);

/**
 * The first 16 KiB of a body. A body in one piece is a view on what was read; from the second piece on all are copied
 * together, since thousands of one-byte pieces would cost a hundred times their size if each were kept.
 */
export class KeptBody {
  private buffer: Buffer = NOTHING;
  private length = 0;

  /** @returns whether the body so far is kept whole */
  add(piece: Buffer): boolean {
    const kept = Math.min(piece.length, MAX_RESPONSE_BYTES - this.length);
    if (this.length === 0) this.buffer = kept === piece.length ? piece : piece.subarray(0, kept);
    else this.append(piece, kept);
    this.length += kept;
    return kept === piece.length;
  }

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private append(piece: Buffer, kept: number): void {
    const needed = this.length + kept;
    if (this.length === this.buffer.length || this.buffer.length < needed) {
      const larger = Buffer.allocUnsafeSlow(Math.min(MAX_RESPONSE_BYTES, Math.max(1024, needed * 2)));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    piece.copy(this.buffer, this.length, 0, kept);
  }
}
