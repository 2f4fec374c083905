import type { ExpectedDelivery } from './scenario.js';
import type { CommittedOffset } from './watermarks.js';

/** A request as the receiver saw it. */
export interface SeenRequest {
  readonly eventId: string;
  /** The webhook's name, from the path that was called. */
  readonly webhook: string;
  /** `x-hookstream-attempt`. */
  readonly attempt: number;
  /** What was answered; null when the answer never left, as when the sender had been killed. */
  readonly status: number | null;
  /** Whether every signature on it verifies, by a verifier that is not ours. */
  readonly verified: boolean;
}

/** A record of `hookstream.outcomes`. */
export interface SeenOutcome {
  readonly eventId: string;
  readonly webhook: string;
  /** What makes the delivery one, without the time in its id. */
  readonly delivery: string;
  readonly result: string;
}

export interface Evidence {
  readonly expected: readonly ExpectedDelivery[];
  /** Deliveries that must end as failed without a request, as they would go where no webhook may go. */
  readonly refused: readonly ExpectedDelivery[];
  readonly requests: readonly SeenRequest[];
  readonly outcomes: readonly SeenOutcome[];
  /** What the forbidden listener heard of those who reached it. */
  readonly forbidden: readonly string[];
  /** Committed offsets in the order they were read. */
  readonly committed: readonly CommittedOffset[];
  /** Most requests, and most outcome records, that may be repeats: what was in flight, for each crash. 0 without one. */
  readonly repeatsAllowed: number;
}

export interface Verdict {
  /** What is wrong, each rule at most once, with examples; empty when the promise was kept. */
  readonly faults: readonly string[];
  readonly repeatedRequests: number;
  readonly repeatedOutcomes: number;
}

const EXAMPLES = 5;

/**
 * Whether the promise was kept: every expected delivery arrived and was answered with 2xx, nothing else arrived, nobody
 * reached the forbidden listener, each delivery has one outcome, every signature verifies, no watermark went back, and there
 * are no more repeats than crashes explain.
 */
export function judge({ expected, refused, requests, outcomes, forbidden, committed, repeatsAllowed }: Evidence): Verdict {
  const wanted = new Set(expected.map(pairOf));
  const turnedAway = new Set(refused.map(pairOf));
  const arrived = new Set(requests.filter((request) => succeeded(request.status)).map(pairOf));
  const ended = Map.groupBy(outcomes, pairOf);
  const repeatedRequests = repeats(requests);
  const distinctOutcomes = [...ended].map(
    ([pair, all]) => [pair, new Set(all.map(({ delivery, result }) => `${delivery} ${result}`))] as const,
  );
  const repeatedOutcomes = outcomes.length - distinctOutcomes.reduce((sum, [, distinct]) => sum + distinct.size, 0);
  const faults = [
    fault(
      'missing: never answered with 2xx',
      [...wanted].filter((pair) => !arrived.has(pair)),
    ),
    fault(
      'unexpected: reached an endpoint that it must not reach',
      [...new Set(requests.map(pairOf))].filter((pair) => !wanted.has(pair)),
    ),
    fault('reached the forbidden listener', forbidden),
    fault(
      'without an outcome',
      [...wanted, ...turnedAway].filter((pair) => !ended.has(pair)),
    ),
    fault(
      'an outcome of what was not to be delivered',
      [...ended.keys()].filter((pair) => !wanted.has(pair) && !turnedAway.has(pair)),
    ),
    fault(
      'several outcomes of one delivery',
      distinctOutcomes.filter(([, distinct]) => distinct.size > 1).map(([pair]) => pair),
    ),
    fault(
      'outcomes that say otherwise',
      outcomes
        .filter((outcome) => outcome.result !== (turnedAway.has(pairOf(outcome)) ? 'failed' : 'succeeded'))
        .map((outcome) => `${pairOf(outcome)} ${outcome.result}`),
    ),
    fault('a signature that does not verify', requests.filter(({ verified }) => !verified).map(pairOf)),
    fault('watermarks that went back', stepsBack(committed)),
    ...(repeatedRequests > repeatsAllowed ? [`${repeatedRequests} repeated requests, of which crashes explain ${repeatsAllowed}`] : []),
    ...(repeatedOutcomes > repeatsAllowed ? [`${repeatedOutcomes} repeated outcomes, of which crashes explain ${repeatsAllowed}`] : []),
  ];
  return { faults: faults.filter((line) => line !== undefined), repeatedRequests, repeatedOutcomes };
}

const pairOf = ({ eventId, webhook }: ExpectedDelivery): string => `${eventId} to ${webhook}`;
const succeeded = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** Requests that were not needed: the same attempt once more, or any attempt after one that was answered with 2xx. */
function repeats(requests: readonly SeenRequest[]): number {
  const done = new Set<string>();
  const tried = new Set<string>();
  let count = 0;
  for (const request of requests) {
    const pair = pairOf(request);
    const attempt = `${pair} ${request.attempt}`;
    if (done.has(pair) || tried.has(attempt)) count++;
    tried.add(attempt);
    if (succeeded(request.status)) done.add(pair);
  }
  return count;
}

function stepsBack(committed: readonly CommittedOffset[]): string[] {
  const highest = new Map<string, number>();
  return committed.flatMap(({ of, offset }) => {
    const before = highest.get(of) ?? -1;
    highest.set(of, Math.max(before, offset));
    return offset < before ? [`${of} from ${before} to ${offset}`] : [];
  });
}

function fault(rule: string, cases: readonly string[]): string | undefined {
  if (cases.length === 0) return undefined;
  const more = cases.length > EXAMPLES ? `, and ${cases.length - EXAMPLES} more` : '';
  return `${cases.length} ${rule}: ${cases.slice(0, EXAMPLES).join(', ')}${more}`;
}
