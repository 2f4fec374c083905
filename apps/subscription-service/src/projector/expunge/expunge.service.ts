import { Logger } from '@nestjs/common';
import type { UnitOfWork } from '#libs/persistence';
import { auditedBy, type AuditLog } from '../../audit/index.js';
import type { Principal } from '../../auth/index.js';
import type { Expunge } from './expunge.js';
import type { Expunged, ExpungeSubject } from './expunge.store.js';

/** A caller waits no longer; the projector does the rest. */
const PATIENCE_MS = 10_000;

/** Takes payloads and all that tells of them out of what is stored, the same for every protocol. */
export class ExpungeService {
  private readonly logger = new Logger(ExpungeService.name);

  constructor(
    private readonly expunges: Expunge,
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The account need not exist any more. @throws AppError `DATABASE_UNAVAILABLE` */
  async expunge(principal: Principal, subject: ExpungeSubject): Promise<Expunged> {
    const { accountId, kind } = subject;
    const id = kind === 'event' ? subject.eventId : kind === 'webhook' ? subject.webhookId : accountId;
    // Noted first: there is no expunge that nobody can be asked about.
    await this.unitOfWork.run((transaction) =>
      this.audit.record(transaction, {
        ...auditedBy(principal),
        ...{ accountId, action: 'history.expunged', subject: id, before: null, after: { kind } },
      }),
    );
    const expunged = await this.expunges.takeOut(await this.expunges.begin(subject), PATIENCE_MS);
    this.logger.log({ msg: 'history.expunged', accountId, kind, subject: id, actor: principal.actor, ...expunged });
    return expunged;
  }
}
