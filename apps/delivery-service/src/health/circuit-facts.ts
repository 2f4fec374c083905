import type { Circuit } from '#libs/contracts';
import type { SlowStart } from './slow-start.js';

/** Leave for one attempt, as the circuit knows it again. */
export interface Trial {
  readonly probe: boolean;
  /** How often the circuit had changed when the attempt began. */
  readonly era: number;
  readonly slowStart?: SlowStart | undefined;
}

/** The trial of an attempt that began when nothing was known of its endpoint. */
export const UNKNOWN_ERA: Trial = { probe: false, era: 0 };

/** What has to be known of a circuit to go on with it; times in milliseconds since the epoch. */
export interface CircuitFacts {
  readonly circuit: Circuit;
  readonly since: number;
  readonly consecutiveFailures: number;
  readonly openings: number;
  /** `null` unless open. */
  readonly nextProbeAt: number | null;
}
