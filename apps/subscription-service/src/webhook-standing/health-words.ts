import type { WebhookHealth } from './standing.js';

const MS_PER_DAY = 86_400_000;

/** Why a webhook is disabled, and since when it failed if that is why. */
export interface Disabling {
  /** `failing`, `gone`, or whatever its owner said. */
  readonly reason: string | null;
  /** RFC 3339. */
  readonly at: string | null;
}

/** The health of a webhook as people read it (console, Words). */
export function healthWords(health: Omit<WebhookHealth, 'words'>, disabling: Disabling): string {
  switch (health.state) {
    case 'healthy':
      return 'Healthy';
    case 'failing':
      return failingWords(health);
    case 'probing':
      return 'Probing';
    case 'disabled':
      return disabledWords(health.failingSince, disabling);
    case 'paused':
      return pausedWords(health);
  }
}

function disabledWords(failingSince: string | null, { reason, at }: Disabling): string {
  if (reason === 'gone') return 'Receiver said it is gone (410)';
  if (reason !== 'failing') return 'Disabled';
  if (failingSince === null || at === null) return 'Disabled after failures';
  const days = Math.max(1, Math.floor((Date.parse(at) - Date.parse(failingSince)) / MS_PER_DAY));
  return `Disabled after ${days} ${days === 1 ? 'day' : 'days'} of failures`;
}

function failingWords({ failingSince, reason }: Omit<WebhookHealth, 'words'>): string {
  const since = failingSince === null ? '' : ` since ${failingSince.slice(0, 16).replace('T', ' ')} UTC`;
  return `Failing: every attempt${since} failed${reason === null ? '' : ` (${reason})`}`;
}

function pausedWords(health: Omit<WebhookHealth, 'words'>): string {
  const { recentAttempts, recentFailures, reason, nextProbeAt, waiting, waitingIsLowerBound } = health;
  const why = reason === null ? '' : ` (${reason})`;
  const failures = recentAttempts === 0 ? `attempts failed${why}` : `${recentFailures} of ${recentAttempts} attempts failed${why}`;
  const probe = nextProbeAt === null ? '' : ` Next probe ${nextProbeAt.slice(11, 16)} UTC.`;
  return `Paused: ${failures}.${probe} ${waitingIsLowerBound ? 'More than ' : ''}${waiting} waiting`;
}
