import type { WebhookChange } from '../../api';

/** Until when the secret before the present one signs too; undefined when it does not, or no longer. Newest change first. */
export function previousValidUntil(changes: readonly Pick<WebhookChange, 'changes'>[], nowMs: number): string | undefined {
  for (const { changes: fields } of changes) {
    const change = fields.find(({ field }) => field === 'previousValidUntil');
    if (!change) continue;
    const until = change.after;
    return typeof until === 'string' && Date.parse(until) > nowMs ? until : undefined;
  }
  return undefined;
}
