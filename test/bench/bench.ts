import type { TestKafka } from '#libs/testing';
import type { Figure } from './figure.js';
import type { BenchReceiver } from './receiver.js';

/** The system under test, as `startSystem` gives it. */
export interface BenchSystem {
  readonly httpUrl: string;
  readonly adminKey: string;
  readonly databaseUrl: string;
  /** Bootstrap servers, comma-separated. */
  readonly brokers: string;
  readonly dataDir: string;
  /** Process ids by name: `kafka`, `postgres` and the services. */
  readonly pids: Readonly<Record<string, number>>;
}

/** What every part of the benchmark works with. */
export interface Bench {
  readonly system: BenchSystem;
  readonly kafka: TestKafka;
  readonly receiver: BenchReceiver;
  /** How often a short run is repeated. */
  readonly runs: number;
  readonly deliveries: number;
  readonly soakSeconds: number;
  /** A name that no other run has used. */
  tag(): string;
}

/** One part: measures, and answers its figures. */
export type Part = (bench: Bench) => Promise<readonly Figure[]>;

/** The services; the rest of `pids` is broker and database. */
export function isOwn(name: string): boolean {
  return name !== 'kafka' && name !== 'postgres';
}
