import { Counter, Gauge } from 'prom-client';

export const pending = new Gauge({
  name: 'hookstream_due_pending',
  help: 'Deliveries that wait for their next attempt; counted every half minute',
});
export const parked = new Gauge({
  name: 'hookstream_due_parked',
  help: 'Deliveries that wait for their webhook to be enabled; counted every half minute',
});
export const lag = new Gauge({
  name: 'hookstream_due_lag_seconds',
  help: 'Age of the delivery that has been due for longest, when last looked',
});
export const stored = new Counter({ name: 'hookstream_due_stored_total', help: 'Retries stored in the due table, repeats included' });
export const handedOut = new Counter({ name: 'hookstream_due_handed_out_total', help: 'Due deliveries published again' });
export const discarded = new Counter({
  name: 'hookstream_due_discarded_total',
  help: 'Waiting deliveries that ended',
  labelNames: ['reason'],
});
