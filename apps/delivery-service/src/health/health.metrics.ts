import { Counter, Gauge } from 'prom-client';
import type { Circuit } from '#libs/contracts';
import type { Saying } from './what-it-says.js';

const circuits = new Gauge({
  name: 'hookstream_circuits',
  help: 'Endpoints of which a failure is known, by the state of their circuit',
  labelNames: ['circuit'],
  collect() {
    for (const [circuit, count] of Object.entries(countCircuits())) this.set({ circuit }, count);
  },
});
const openings = new Counter({ name: 'hookstream_circuit_openings_total', help: 'Circuits that have opened' });
const probes = new Counter({
  name: 'hookstream_circuit_probes_total',
  help: 'Probes by what they say of the endpoint: works, answers, fails, gone, nothing; or abandoned',
  labelNames: ['result'],
});

let countCircuits: () => Partial<Record<Circuit, number>> = () => ({});

/** Says whom to ask when the metrics are read. */
export function circuitsCountedBy(count: () => Record<Circuit, number>): void {
  countCircuits = count;
  circuits.reset();
}

export function circuitOpened(): void {
  openings.inc();
}

export function probeEnded(result: Saying | 'abandoned'): void {
  probes.inc({ result });
}
