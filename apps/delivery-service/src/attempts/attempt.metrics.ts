import { Counter, Gauge, Histogram } from 'prom-client';
import type { Verdict } from './attempt.js';

const attempts = new Counter({
  name: 'hookstream_delivery_attempts_total',
  help: 'HTTP attempts by what became of them: succeeded, or the error class',
  labelNames: ['result'],
});
const duration = new Histogram({
  name: 'hookstream_delivery_attempt_duration_seconds',
  help: 'Time of an attempt, from the look-up of the name to the last byte of the answer',
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
});
const inFlight = new Gauge({ name: 'hookstream_delivery_attempts_in_flight', help: 'Attempts under way' });
const waits = new Counter({ name: 'hookstream_delivery_waits_total', help: 'Hand-overs to the due table', labelNames: ['cause'] });
const outcomes = new Counter({ name: 'hookstream_delivery_outcomes_total', help: 'Deliveries that ended', labelNames: ['result'] });

// Looking a label up costs more than counting.
const attemptsBy = new Map<string, Counter.Internal>();
const outcomesBy = new Map<string, Counter.Internal>();

function child(of: Counter, known: Map<string, Counter.Internal>, label: string): Counter.Internal {
  let found = known.get(label);
  if (!found) known.set(label, (found = of.labels(label)));
  return found;
}

export function attemptBegan(): void {
  inFlight.inc();
}

/** @param seconds how long the attempt took */
export function attemptEnded(verdict: Verdict, seconds: number): void {
  inFlight.dec();
  duration.observe(seconds);
  child(attempts, attemptsBy, verdict.status === 'succeeded' ? 'succeeded' : verdict.errorClass).inc();
}

export function deliveryEnded(result: string): void {
  child(outcomes, outcomesBy, result).inc();
}

export function deliveryWaits(cause: string): void {
  waits.labels(cause).inc();
}
