/** What owners are told of; `failure` is the first failure and the digests after it. */
export const NOTIFICATION_KINDS = ['failure', 'circuit-open', 'disable-warning', 'disabled', 'recovered'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** How the owner of an account is told of what goes wrong with its webhooks. */
export interface NotificationSettings {
  readonly enabled: boolean;
  /** Who gets the mails besides the owner. */
  readonly extraEmails: readonly string[];
  /**
   * After the first failure of a webhook, further ones are gathered for this long; 0: a mail for every failure; `null`: what the
   * deployment says.
   */
  readonly digestMinutes: number | null;
  /** Of what the owner is told. */
  readonly kinds: readonly NotificationKind[];
}

/** Who owns webhooks. Its id may be chosen: upstream events name it. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly ownerEmail: string | null;
  readonly roles: readonly string[];
  /** The role without which the account may not use webhooks; `null`: what the deployment requires. */
  readonly requiredRole: string | null;
  readonly notifications: NotificationSettings;
  /** Counts the changes, from 1. */
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is set by whoever manages accounts. */
export type AccountSettings = Pick<Account, 'name' | 'ownerEmail' | 'roles' | 'requiredRole' | 'notifications'>;

export const DEFAULT_NOTIFICATIONS: NotificationSettings = {
  enabled: true,
  extraEmails: [],
  digestMinutes: null,
  kinds: NOTIFICATION_KINDS,
};

/** Settings as a caller wrote them; what is absent stays as it is. */
export type AccountPatch = { readonly [K in Exclude<keyof AccountSettings, 'notifications'>]?: AccountSettings[K] | undefined } & {
  readonly notifications?: { readonly [K in keyof NotificationSettings]?: NotificationSettings[K] | undefined } | undefined;
};

/** Settings after a change, member by member (RFC 7396). */
export function mergeAccount(settings: AccountSettings, patch: AccountPatch): AccountSettings {
  const { notifications, ...rest } = patch;
  return { ...settings, ...defined(rest), notifications: { ...settings.notifications, ...defined(notifications ?? {}) } };
}

export function settingsOf({ name, ownerEmail, roles, requiredRole, notifications }: Account): AccountSettings {
  return { name, ownerEmail, roles, requiredRole, notifications };
}

function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
