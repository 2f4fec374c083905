import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '#libs/kernel';

/** The bootstrap key of the deployment. Kept and compared as a hash, so that neither its bytes nor its length show in the time taken. */
export class AdminKey {
  private readonly hash: Buffer;

  constructor(key: Secret) {
    this.hash = sha256(key.reveal());
  }

  matches(presented: string): boolean {
    return timingSafeEqual(sha256(presented), this.hash);
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
