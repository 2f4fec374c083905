import { SystemClock } from '#libs/kernel';
import type { UnitOfWork } from '#libs/persistence';
import { type MasterKeys, Sealer } from '#libs/secrets';
import { ServiceOutbox } from '../outbox/index.js';
import { SecretMaker } from './secret-maker.js';
import { type Resealed, SecretResealer } from './secret-resealer.js';
import { WebhookPgStore } from './webhook.pg-store.js';
import { WebhookPublisher } from './webhook.publisher.js';

/**
 * Seals the secrets and credentials of all webhooks under the first master key. What follows from it goes into the
 * outbox, which a running service empties.
 */
export function resealSecrets(unitOfWork: UnitOfWork, keys: MasterKeys, topicPrefix: string): Promise<Resealed> {
  const store = new WebhookPgStore(unitOfWork, new ServiceOutbox(), new WebhookPublisher(topicPrefix));
  return new SecretResealer(store, new SecretMaker(new Sealer(keys)), new SystemClock()).run();
}
