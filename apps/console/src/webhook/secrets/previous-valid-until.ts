import type { WebhookChange, WebhookChangePage } from '../../api';

/** The longest overlap there is: no change before that says anything about one that lasts. */
const OVERLAP_MS = 7 * 86_400_000;

/** All changes that may tell of an overlap that lasts, newest first, however many pages they are. */
export async function recentChanges(
  read: (cursor: string | null) => Promise<Pick<WebhookChangePage, 'data' | 'nextCursor'>>,
  nowMs: number,
): Promise<readonly WebhookChange[]> {
  const changes: WebhookChange[] = [];
  let cursor: string | null = null;
  do {
    const page: Pick<WebhookChangePage, 'data' | 'nextCursor'> = await read(cursor);
    changes.push(...page.data);
    const last = page.data.at(-1);
    cursor = last && nowMs - Date.parse(last.occurredAt) <= OVERLAP_MS ? page.nextCursor : null;
  } while (cursor !== null);
  return changes;
}

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
