import { timingSafeEqual } from 'node:crypto';
import type { Secret } from '#libs/kernel';
import { keyHash } from './key-text.js';

/** The bootstrap key of the deployment. Kept and compared as a hash, so that neither its bytes nor its length show in the time taken. */
export class AdminKey {
  private readonly hash: Buffer;

  constructor(key: Secret) {
    this.hash = keyHash(key.reveal());
  }

  matches(presented: string): boolean {
    return timingSafeEqual(keyHash(presented), this.hash);
  }
}
