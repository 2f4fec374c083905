import type { EntityManager } from 'typeorm';

/** A running transaction, as stores get it from `UnitOfWork.run`. */
export type Transaction = EntityManager;
