import type { NamedCircuit } from './circuit.store.js';

export function circuitView(row: NamedCircuit) {
  return {
    webhookId: row.webhook_id,
    webhookName: row.webhook_name,
    accountId: row.account_id,
    circuit: row.circuit,
    since: row.since.toISOString(),
    consecutiveFailures: row.consecutive_failures,
    openings: row.openings,
    nextProbeAt: row.next_probe_at?.toISOString() ?? null,
    failingSince: row.failing_since?.toISOString() ?? null,
    autoDisabled: row.auto_disabled,
    lastStatusCode: row.last_status_code,
    lastErrorClass: row.last_error_class,
    changedAt: row.changed_at.toISOString(),
  };
}
