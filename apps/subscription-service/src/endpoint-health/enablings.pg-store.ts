import type { UnitOfWork } from '#libs/persistence';
import { WEBHOOK_EVENTS_TABLE } from '../webhooks/index.js';
import { Enablings } from './enablings.js';

/** Read from the events: asked a few times in a webhook's life, it is not worth a column. */
export class EnablingsPgStore extends Enablings {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async lastOf(webhookId: string): Promise<number | undefined> {
    const sql = `select max(e.occurred_at) as at from ${WEBHOOK_EVENTS_TABLE} e where e.stream_id = $1 and e.type = 'webhook.enabled'`;
    const [row] = await this.unitOfWork.read<{ at: Date | null }[]>((manager) => manager.query(sql, [webhookId]));
    return row?.at?.getTime();
  }
}
