import { describe, expect, it } from 'vitest';
import { aHealth, aWebhook } from '../../webhook-form/testing-support/a-webhook';
import { healthState, needsAttention } from './health-state';

describe('the health of a webhook', () => {
  it.each([
    [{ health: aHealth({ state: 'healthy' }) }, 'healthy', false],
    [{ health: aHealth({ state: 'paused' }) }, 'paused', true],
    [{ health: aHealth({ state: 'probing' }) }, 'probing', true],
    [{ health: aHealth({ state: 'failing' }) }, 'troubled', true],
    [{ status: 'enabled', health: aHealth({ state: 'disabled' }) }, 'healthy', false],
    [{ status: 'disabled', disabledReason: 'manual' }, 'off', false],
    [{ status: 'disabled', disabledReason: 'failing' }, 'failing', true],
    [{ status: 'disabled', disabledReason: 'gone' }, 'gone', true],
  ] as const)('of %j is %s', (given, kind, attention) => {
    const state = healthState(aWebhook(given));
    expect(state.kind).toBe(kind);
    expect(needsAttention(state)).toBe(attention);
  });

  it('is trouble since the first failure though nothing is paused', () => {
    const failingSince = '2026-11-20T08:30:00Z';
    const webhook = aWebhook({ health: aHealth({ state: 'failing', failingSince, lastStatusCode: 401 }) });
    expect(healthState(webhook)).toMatchObject({ since: failingSince, reason: '401' });
  });

  it('is off since it was disabled, whatever was changed of it later', () => {
    const off = { status: 'disabled', disabledAt: '2026-11-20T08:00:00Z', updatedAt: '2026-11-20T12:00:00Z' } as const;
    expect(healthState(aWebhook({ ...off, disabledReason: 'failing' })).since).toBe(off.disabledAt);
  });

  it('counts whole days of failures, and at least one', () => {
    const of = (failingSince: string) =>
      healthState(
        aWebhook({
          status: 'disabled',
          disabledReason: 'failing',
          disabledAt: '2026-11-20T08:00:00Z',
          health: aHealth({ circuit: 'open', failingSince }),
        }),
      ).failedDays;
    expect(of('2026-11-15T07:00:00Z')).toBe(5);
    expect(of('2026-11-20T07:00:00Z')).toBe(1);
  });

  it('names the answer as the reason, and the class of the error when there was none', () => {
    const reason = (given: Parameters<typeof aHealth>[0]) =>
      healthState(aWebhook({ health: aHealth({ circuit: 'open', ...given }) })).reason;
    expect(reason({ lastStatusCode: 503, lastErrorClass: 'http_5xx' })).toBe('503');
    expect(reason({ lastStatusCode: null, lastErrorClass: 'timeout' })).toBe('timeout');
  });
});
