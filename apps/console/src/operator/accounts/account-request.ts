import type { Account, AccountRequest } from '../../api';

/** What the fields of the form hold. */
export interface AccountValues {
  readonly name: string;
  readonly owner: string;
  readonly roles: string[];
  readonly required: string;
  readonly mails: boolean;
  /** Minutes; the empty text: as the deployment says. */
  readonly digest: number | string;
}

/** The form of an account that there is, or of a new one. */
export function accountValues(account?: Account): AccountValues {
  return {
    name: account?.name ?? '',
    owner: account?.ownerEmail ?? '',
    roles: account?.roles ?? [],
    required: account?.requiredRole ?? '',
    mails: account?.notifications.enabled ?? true,
    digest: account?.notifications.digestMinutes ?? '',
  };
}

/** The body that makes the account, or changes it. */
export function accountRequest({ name, owner, roles, required, mails, digest }: AccountValues): AccountRequest {
  return {
    name: name.trim(),
    ownerEmail: owner.trim() || null,
    roles,
    requiredRole: required.trim() || null,
    notifications: { enabled: mails, digestMinutes: digest === '' ? null : Number(digest) },
  };
}

/** Refuses a change of an account that someone else has changed since it was read. */
export function ifUnchanged({ version }: Pick<Account, 'version'>): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}
