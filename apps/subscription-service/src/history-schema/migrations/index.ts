import { CreateHistory1763900000001 } from './1763900000001-create-history.js';
import { CreateExpunged1763900000002 } from './1763900000002-create-expunged.js';
import { AddUnmatchedEvents1763900000003 } from './1763900000003-add-unmatched-events.js';
import { CountDeliveries1763900000004 } from './1763900000004-count-deliveries.js';
import { CreateBacklogSamples1763900000005 } from './1763900000005-create-backlog-samples.js';

/** In the order in which they run. A merged one is never edited. */
export const historyMigrations = [
  CreateHistory1763900000001,
  CreateExpunged1763900000002,
  AddUnmatchedEvents1763900000003,
  CountDeliveries1763900000004,
  CreateBacklogSamples1763900000005,
];

/** Tables that a rebuild leaves as they are, by the migration that makes each. */
export const KEPT_BY_REBUILD: ReadonlyMap<new () => object, string> = new Map<new () => object, string>([
  [CreateExpunged1763900000002, 'expunged'],
  [CreateBacklogSamples1763900000005, 'backlog_samples'],
]);
