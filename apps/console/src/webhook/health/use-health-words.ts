import { useTranslation } from 'react-i18next';
import { useTimeFormat } from '../../shown';
import type { HealthState } from './health-state';

export interface HealthWords {
  /** A word or two. */
  readonly short: string;
  /** The whole sentence; the same as `short` when there is nothing more to say. */
  readonly long: string;
}

/** Health as one would say it: “Paused by the circuit breaker since 12:03: 9 of 10 attempts failed (503). Next probe 12:08. 214 deliveries waiting.” */
export function useHealthWords(): (state: HealthState) => HealthWords {
  const { t } = useTranslation();
  const { clock } = useTimeFormat();
  return (state) => {
    const { kind, since, health, reason, failedDays } = state;
    const short = t(`webhook.health.short.${kind}`, { reason, count: failedDays ?? 0 });
    if (kind !== 'paused' && kind !== 'probing')
      return { short, long: kind === 'healthy' ? short : t(longKey(state), { since: clock(since), reason, count: failedDays ?? 0 }) };
    const { recentAttempts, recentFailures, nextProbeAt, waiting, waitingIsLowerBound } = health;
    const sentences = [
      t(`webhook.health.long.${kind}`, { since: clock(since) }) +
        (recentAttempts > 0 ? t('webhook.health.failures', { failed: recentFailures, attempts: recentAttempts }) : '') +
        (reason ? ` (${reason})` : ''),
      ...(nextProbeAt && kind === 'paused' ? [t('webhook.health.nextProbe', { time: clock(nextProbeAt) })] : []),
      ...(waiting > 0 ? [t('webhook.health.waiting', { count: waiting, more: waitingIsLowerBound ? '+' : '' })] : []),
    ];
    return { short, long: sentences.map((sentence) => `${sentence}.`).join(' ') };
  };
}

function longKey({ kind, failedDays, reason }: HealthState): string {
  if (kind === 'failing' && failedDays !== undefined) return 'webhook.health.long.failingDays';
  if (kind === 'troubled' && reason === undefined) return 'webhook.health.long.troubledUnknown';
  return `webhook.health.long.${kind}`;
}
