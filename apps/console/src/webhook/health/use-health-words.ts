import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../delivery';
import { useTimeFormat } from '../../shown';
import type { HealthState } from './health-state';

type ErrorClass = Parameters<ReturnType<typeof useErrorWords>>[0];

export interface HealthWords {
  /** A word or two. */
  readonly short: string;
  /** Of what is paused: how much of it failed, and why. */
  readonly why?: string;
  /** The whole sentence; the same as `short` when there is nothing more to say. */
  readonly long: string;
}

/** Health as one would say it: “Paused by the circuit breaker since 12:03: 9 of 10 attempts failed (503). Next probe 12:08. 214 deliveries waiting.” */
export function useHealthWords(): (state: HealthState) => HealthWords {
  const { t } = useTranslation();
  const { clock } = useTimeFormat();
  const errorWords = useErrorWords();
  return (state) => {
    const { kind, since, health, failedDays } = state;
    const reason = state.reason && (/^\d+$/.test(state.reason) ? state.reason : uncapitalized(errorWords(state.reason as ErrorClass)));
    const short = t(`webhook.health.short.${kind}`, { reason, count: failedDays ?? 0 });
    if (kind !== 'paused' && kind !== 'probing')
      return { short, long: kind === 'healthy' ? short : t(longKey(state), { since: clock(since), reason, count: failedDays ?? 0 }) };
    const { recentAttempts, recentFailures, nextProbeAt, waiting, waitingIsLowerBound } = health;
    const failures = { failed: recentFailures, attempts: recentAttempts };
    const because = reason ? ` (${reason})` : '';
    const why = recentAttempts > 0 ? t('webhook.health.why', failures) + because : undefined;
    const sentences = [
      t(`webhook.health.long.${kind}`, { since: clock(since) }) +
        (recentAttempts > 0 ? t('webhook.health.failures', failures) : '') +
        because,
      ...(nextProbeAt && kind === 'paused' ? [t('webhook.health.nextProbe', { time: clock(nextProbeAt) })] : []),
      ...(waiting > 0 ? [t('webhook.health.waiting', { count: waiting, more: waitingIsLowerBound ? '+' : '' })] : []),
    ];
    return { short, ...(why ? { why } : {}), long: sentences.map((sentence) => `${sentence}.`).join(' ') };
  };
}

function longKey({ kind, failedDays, reason }: HealthState): string {
  if (kind === 'failing' && failedDays !== undefined) return 'webhook.health.long.failingDays';
  if (kind === 'troubled' && reason === undefined) return 'webhook.health.long.troubledUnknown';
  return `webhook.health.long.${kind}`;
}

/** As it stands inside a sentence; what is an abbreviation stays one. */
function uncapitalized(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
