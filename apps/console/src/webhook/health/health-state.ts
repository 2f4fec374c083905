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

/** Of what is enabled. One that has just been enabled may still be known as disabled: what it does begins anew. */
const KINDS = { healthy: 'healthy', failing: 'troubled', paused: 'paused', probing: 'probing', disabled: 'healthy' } as const;

/** Being disabled outweighs the circuit: nothing is sent, whatever the circuit says. */
export function healthState({ status, disabledReason, disabledAt, health, updatedAt }: HealthSource): HealthState {
  const reason = health.lastStatusCode ? String(health.lastStatusCode) : (health.lastErrorClass ?? undefined);
  if (status === 'disabled') {
    const kind = disabledReason === 'failing' ? 'failing' : disabledReason === 'gone' ? 'gone' : 'off';
    return { kind, since: disabledAt ?? updatedAt, health, reason, failedDays: failedDays(health.failingSince, disabledAt) };
  }
  const kind = KINDS[health.state];
  return { kind, since: (kind === 'troubled' ? health.failingSince : null) ?? health.since, health, reason };
}

/** Webhooks that want someone to look at them. */
export function needsAttention({ kind }: HealthState): boolean {
  return kind === 'troubled' || kind === 'paused' || kind === 'probing' || kind === 'failing' || kind === 'gone';
}

function failedDays(failingSince: string | null, disabledAt: string | null): number | undefined {
  if (!failingSince || !disabledAt) return undefined;
  return Math.max(1, Math.floor((Date.parse(disabledAt) - Date.parse(failingSince)) / DAY_MS));
}
