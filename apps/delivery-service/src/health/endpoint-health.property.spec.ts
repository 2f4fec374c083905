import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AttemptHealth, Permit } from './endpoint-health.js';
import { failed, HealthStage, REFUSED, SUCCEEDED } from './testing-support/health-stage.js';

const RESULTS: readonly AttemptHealth[] = [
  SUCCEEDED,
  failed(),
  failed(null),
  failed(404),
  failed(429, { retryAfterMs: 5000 }),
  failed(410),
  REFUSED,
];

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('admit' as const) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('settle' as const), which: fc.nat(50), result: fc.nat(RESULTS.length - 1) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('abandon' as const), which: fc.nat(50) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 60_000 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('move' as const, 'probe' as const, 'reset' as const) }) },
  ),
  { maxLength: 300, size: 'max' },
);

// The oracle is what the topic says: it is what another instance and the owner of the webhook go by.
describe('EndpointHealthService, whatever happens', () => {
  it('never has two probes at once, spends no attempt on an open circuit, and tells it all with rising versions', () => {
    fc.assert(
      fc.property(steps, fc.integer(), (sequence, seed) => {
        const stage = new HealthStage({}, randomFrom(seed));
        let permits: Permit[] = [];
        let probe: { readonly permit: Permit; readonly since: number } | undefined;
        for (const step of sequence) {
          const taken = 'which' in step ? permits.splice(step.which % Math.max(1, permits.length), 1)[0] : undefined;
          if (taken && taken === probe?.permit) probe = undefined;
          const before = stage.told.at(-1);
          switch (step.kind) {
            case 'admit': {
              const admission = stage.admit();
              if (admission.kind === 'hold') {
                expect(admission.until).toBeGreaterThan(stage.clock.time);
                break;
              }
              permits.push(admission.permit);
              if (before && before.circuit !== 'closed' && !admission.permit.probe) throw new Error('an attempt past an open circuit');
              if (!admission.permit.probe) break;
              // A probe that is not heard of for two minutes is lost, and so is one whose partition moved.
              if (probe) expect(stage.clock.time - probe.since).toBeGreaterThanOrEqual(120_000);
              if (before!.circuit === 'open') expect(Date.parse(before!.nextProbeAt!)).toBeLessThanOrEqual(stage.clock.time);
              probe = { permit: admission.permit, since: stage.clock.time };
              break;
            }
            case 'settle':
              taken?.settle(RESULTS[step.result]!);
              break;
            case 'abandon':
              taken?.abandon();
              break;
            case 'pass':
              stage.pass(step.ms);
              break;
            case 'move':
              stage.move();
              permits = [];
              probe = undefined;
              break;
            default:
              stage.service[step.kind](stage.webhook.id);
              if (step.kind === 'reset') probe = undefined;
          }
          const told = stage.told.at(-1)?.circuit ?? 'closed';
          // A probe that was not made is not told.
          expect(stage.circuit === 'open' && told === 'half-open' ? 'open' : told).toBe(stage.circuit);
        }
        const versions = stage.told.map(({ version }) => version);
        expect(versions.every((version, n) => n === 0 || version > versions[n - 1]!)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('closes, and lets everything through, once the endpoint does nothing but succeed', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const stage = new HealthStage();
        const permits: Permit[] = [];
        for (const step of sequence) {
          if (step.kind === 'pass') stage.pass(step.ms);
          else if (step.kind === 'settle') permits.shift()?.settle(RESULTS[step.result]!);
          else {
            const admission = stage.admit();
            if (admission.kind === 'go') permits.push(admission.permit);
          }
        }
        permits.forEach((permit) => permit.settle(failed()));
        for (let n = 0; n < 300; n++) {
          const admission = stage.admit();
          if (admission.kind === 'go') admission.permit.settle(SUCCEEDED);
          else stage.clock.time = admission.until;
        }
        expect(stage.circuit).toBe('closed');
        expect(Array.from({ length: 200 }, () => stage.admit().kind)).not.toContain('hold');
        expect(stage.told.at(-1)?.failingSince ?? null).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});

/** A small generator, so that a failing run can be replayed by its seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
