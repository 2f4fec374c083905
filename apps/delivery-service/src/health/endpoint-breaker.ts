import { EventEmitter } from 'node:events';
import CircuitBreaker from 'opossum';
import type { Circuit } from '#libs/contracts';

/** Failures in a row that open a circuit. */
export const MAX_CONSECUTIVE_FAILURES = 5;
/** A share of failures that opens it, given enough attempts in the window. */
export const FAILURE_PERCENT = 50;
export const MIN_ATTEMPTS = 20;
export const WINDOW_MS = 60_000;

const FAILURE = new Error('the attempt failed');

// opossum acts at once on what its action throws and on a thenable that answers at once; a promise would let further
// attempts in before the circuit opens.
const SUCCESS = {
  then(done: () => void) {
    done();
    return { catch: () => undefined };
  },
} as unknown as Promise<void>;

function resultOf(succeeded: boolean): Promise<void> {
  if (!succeeded) throw FAILURE;
  return SUCCESS;
}

const OPTIONS = {
  name: 'endpoint',
  // The attempt has a deadline of its own; opossum's would not end the work.
  timeout: false,
  // The default 0 opens at the first failure.
  volumeThreshold: MIN_ATTEMPTS,
  // opossum opens above this share, not at it.
  errorThresholdPercentage: FAILURE_PERCENT - 1e-6,
  rollingCountTimeout: WINDOW_MS,
  rollingCountBuckets: 1,
  rollingPercentilesEnabled: false,
  enableSnapshots: false,
} as const;

/**
 * When a circuit opens and closes: opossum counts, the endpoint keeps the time. The only file that knows opossum.
 *
 * opossum is run without any timer, as ten thousand of them must cost nothing while they rest, and by a clock that is
 * not its own: the window is turned over when a result finds it too old; `halfOpen()` makes a new breaker in that state,
 * the only way opossum has besides its timer; and a restored open breaker is closed first and then opened, as opossum
 * takes the time of construction for the time of opening. Its `errorFilter` is not used: in half-open it would close the
 * circuit. Results that say nothing about the endpoint never get here.
 */
export class EndpointBreaker {
  consecutiveFailures: number;
  private breaker: CircuitBreaker<[boolean], void>;
  private window: EventEmitter;
  private windowSince: number;
  private failedInWindow = false;

  constructor(circuit: Exclude<Circuit, 'half-open'>, consecutiveFailures: number, now: number) {
    this.consecutiveFailures = consecutiveFailures;
    this.windowSince = now;
    [this.breaker, this.window] = build('closed');
    if (circuit === 'open') this.breaker.open();
  }

  get circuit(): Circuit {
    return this.breaker.opened ? 'open' : this.breaker.halfOpen ? 'half-open' : 'closed';
  }

  /** Whether a failure is remembered. */
  quiet(now: number): boolean {
    return this.consecutiveFailures === 0 && (now - this.windowSince >= WINDOW_MS || !this.failedInWindow);
  }

  /** A result, of a closed circuit or of the probe of a half-open one; may change the circuit. */
  attempted(succeeded: boolean, now: number): void {
    if (this.circuit === 'open') throw new Error('an open circuit takes no results');
    if (now - this.windowSince >= WINDOW_MS) {
      this.window.emit('rotate');
      this.windowSince = now;
      this.failedInWindow = false;
    }
    this.failedInWindow ||= !succeeded;
    this.consecutiveFailures = succeeded ? 0 : this.consecutiveFailures + 1;
    this.breaker.fire(succeeded).catch(() => undefined);
    if (this.consecutiveFailures >= MAX_CONSECUTIVE_FAILURES) this.breaker.open();
  }

  open(): void {
    this.breaker.open();
  }

  halfOpen(): void {
    if (this.circuit !== 'open') throw new Error(`cannot try a circuit that is ${this.circuit}`);
    [this.breaker, this.window] = build('half-open');
  }

  /** Closed, with nothing remembered. */
  reset(now: number): void {
    [this.breaker, this.window] = build('closed');
    this.windowSince = now;
    this.failedInWindow = false;
    this.consecutiveFailures = 0;
  }
}

function build(circuit: 'closed' | 'half-open'): [CircuitBreaker<[boolean], void>, EventEmitter] {
  const window = new EventEmitter();
  // The types do not know `state`.
  const state = { closed: circuit === 'closed', halfOpen: circuit === 'half-open' };
  const options = { ...OPTIONS, rotateBucketController: window, state };
  const breaker = new CircuitBreaker(resultOf, options);
  // What opossum does when it opens is to start its timer.
  breaker.removeAllListeners('open');
  return [breaker, window];
}
