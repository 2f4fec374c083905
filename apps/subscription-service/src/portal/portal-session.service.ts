import { Logger } from '@nestjs/common';
import { type Clock, newId, type Secret } from '#libs/kernel';
import type { UnitOfWork } from '#libs/persistence';
import type { AccountService } from '../accounts/index.js';
import { auditedBy, type AuditLog } from '../audit/index.js';
import type { PORTAL_SCOPES, PortalSession, PortalTokens, Principal } from '../auth/index.js';

export type PortalScope = (typeof PORTAL_SCOPES)[number];

export const SHORTEST_SECONDS = 60;
/** Nobody can end a session before its time. */
export const LONGEST_SECONDS = 24 * 60 * 60;
const DEFAULT_SECONDS = 60 * 60;
/** What a customer needs to look after the webhooks of an account. */
const DEFAULT_SCOPES: readonly PortalScope[] = ['webhooks:read', 'webhooks:write', 'deliveries:read', 'deliveries:redeliver'];

export interface NewPortalSession {
  readonly scopes?: readonly PortalScope[] | undefined;
  readonly expiresInSeconds?: number | undefined;
}

/** A session together with its token, which nobody can ask for again. */
export interface ShownSession {
  readonly session: PortalSession;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly token: Secret;
}

/** Opens sessions with which the customers of an account use the console inside another product. Only admins get here. */
export class PortalSessionService {
  private readonly logger = new Logger(PortalSessionService.name);

  constructor(
    private readonly accounts: Pick<AccountService, 'get'>,
    private readonly tokens: PortalTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `ACCOUNT_NOT_FOUND` */
  async create(caller: Principal, accountId: string, asked: NewPortalSession): Promise<ShownSession> {
    await this.accounts.get(caller, accountId);
    const createdAt = this.clock.now();
    const { scopes = DEFAULT_SCOPES, expiresInSeconds = DEFAULT_SECONDS } = asked;
    const expiresAt = createdAt + expiresInSeconds * 1000;
    const session: PortalSession = { id: newId('pts', createdAt), accountId, scopes, expiresAt };
    const after = { scopes, expiresAt: new Date(expiresAt).toISOString() };
    const entry = { ...auditedBy(caller), accountId, action: 'portal-session.created', subject: session.id, before: null, after };
    await this.unitOfWork.run((transaction) => this.audit.record(transaction, entry));
    this.unitOfWork.afterCommit(() =>
      this.logger.log({ msg: entry.action, accountId, sessionId: session.id, actor: caller.actor, ...after }),
    );
    return { session, createdAt, token: this.tokens.issue(session) };
  }
}
