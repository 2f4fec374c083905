import { type Principal, SCOPES } from '../auth/index.js';
import type { ShownSession } from './portal-session.service.js';

/** A new session as the API shows it, the only time with its token. */
export function shownSessionView({ session, createdAt, token }: ShownSession) {
  const { id, accountId, scopes, expiresAt } = session;
  const text = token.reveal();
  return {
    id,
    accountId,
    scopes: [...scopes],
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    token: text,
    // Behind the `#`: what stands there is not sent to servers, so that it is in none of their logs.
    embedPath: `/?embed=1#token=${text}`,
  };
}

/** Who calls, as the caller may know it. */
export function sessionView({ accountId, actor, scopes, expiresAt }: Principal) {
  return {
    id: actor,
    accountId,
    scopes: SCOPES.filter((scope) => scopes.has(scope)),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
  };
}
