import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeptBody, MAX_RESPONSE_BYTES } from './kept-body.js';

describe('KeptBody', () => {
  it('keeps the first 16 KiB of any pieces and tells when there were more', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 8 }), (pieces) => {
        const body = new KeptBody();
        const whole = pieces.map((piece) => body.add(Buffer.from(piece))).every(Boolean);
        const all = Buffer.concat(pieces);
        expect(body.bytes.equals(all.subarray(0, MAX_RESPONSE_BYTES))).toBe(true);
        expect(whole).toBe(all.length <= MAX_RESPONSE_BYTES);
      }),
    );
  });

  it('takes no more memory for a body in pieces of a byte than for one in a few', () => {
    const slab = Buffer.alloc(1, 'x').buffer;
    const before = used();
    const bodies = Array.from({ length: 500 }, () => new KeptBody());
    for (const body of bodies) for (let i = 0; i < 4000; i++) body.add(Buffer.from(slab, 0, 1));
    expect(used() - before).toBeLessThan(60 * 2 ** 20);
    expect(bodies.every((body) => body.bytes.length === 4000)).toBe(true);
  });
});

/** What is in use once the garbage is gone. */
function used(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
