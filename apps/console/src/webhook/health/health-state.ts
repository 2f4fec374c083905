import type { Webhook } from '../../api';

/** `troubled`: the circuit lets everything through, yet nothing has succeeded for a while, as with a receiver that answers 401. */
export type HealthKind = 'healthy' | 'troubled' | 'paused' | 'probing' | 'failing' | 'gone' | 'off';

/** How a webhook is, ready to be put into words. */
export interface HealthState {
  readonly kind: HealthKind;
  readonly since: string;
  readonly health: Webhook['health'];
  /** Whole days of nothing but failures before it was disabled; undefined when that is not known. */
  readonly failedDays?: number | undefined;
  /** `503`, or the class of the error when there was no answer. */
  readonly reason?: string | undefined;
}

type HealthSource = Pick<Webhook, 'status' | 'disabledReason' | 'disabledAt' | 'health' | 'updatedAt'>;

const DAY_MS = 86_400_000;
/** A failure that a retry makes good within that time is no trouble. */
const TROUBLE_AFTER_MS = 300_000;

/** Being disabled outweighs the circuit: nothing is sent, whatever the circuit says. */
export function healthState({ status, disabledReason, disabledAt, health, updatedAt }: HealthSource, nowMs = Date.now()): HealthState {
  const reason = health.lastStatusCode ? String(health.lastStatusCode) : (health.lastErrorClass ?? undefined);
  if (status === 'disabled') {
    const kind = disabledReason === 'failing' ? 'failing' : disabledReason === 'gone' ? 'gone' : 'off';
    return { kind, since: disabledAt ?? updatedAt, health, reason, failedDays: failedDays(health.failingSince, disabledAt) };
  }
  if (health.circuit === 'closed' && health.failingSince && nowMs - Date.parse(health.failingSince) > TROUBLE_AFTER_MS) {
    return { kind: 'troubled', since: health.failingSince, health, reason };
  }
  const kinds = { closed: 'healthy', open: 'paused', 'half-open': 'probing' } as const;
  return { kind: kinds[health.circuit], since: health.since, health, reason };
}

/** Webhooks that want someone to look at them. */
export function needsAttention({ kind }: HealthState): boolean {
  return kind === 'troubled' || kind === 'paused' || kind === 'probing' || kind === 'failing' || kind === 'gone';
}

function failedDays(failingSince: string | null, disabledAt: string | null): number | undefined {
  if (!failingSince || !disabledAt) return undefined;
  return Math.max(1, Math.floor((Date.parse(disabledAt) - Date.parse(failingSince)) / DAY_MS));
}
