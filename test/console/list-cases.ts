/** What the lists of a spec are of: the webhook has been sent something, the quiet one nothing; the bare account has nothing at all. */
export interface Seeded {
  readonly webhook: string;
  readonly quietWebhook: string;
  readonly quiet: string;
  readonly bare: string;
}

export interface ListCase {
  readonly name: string;
  readonly path: (seeded: Seeded) => string;
  /** The path of the call that it is read with. */
  readonly call: RegExp;
  /** A filter that nothing matches; left out where there is none. */
  readonly noMatch?: string;
  /** What it says while there is nothing, and the first step that it offers. */
  readonly empty: {
    readonly words: string;
    readonly action?: string;
    /** Where nothing is; left out where the whole system is listed, which never is empty, so that the answer has to be made up. */
    readonly path?: (seeded: Seeded) => string;
    readonly account?: (seeded: Seeded) => string;
  };
  readonly admin?: boolean;
  /** Whether rows are sure to be there. */
  readonly rows?: boolean;
}

const bare = ({ bare: account }: Seeded) => account;
const quiet = ({ quiet: account }: Seeded) => account;
const operator = (tab: string) => () => `/operator?tab=${tab}`;
const ATTEMPTS = /^\/v1\/webhooks\/[^/]+\/attempts$/;

/** Every list of the console. */
export const LISTS: readonly ListCase[] = [
  {
    name: 'webhooks',
    path: () => '/webhooks',
    call: /^\/v1\/webhooks$/,
    noMatch: '?q=nothing-like-it',
    empty: {
      path: () => '/webhooks',
      account: bare,
      words: 'No webhooks yet. A webhook sends your events to a URL you own.',
      action: 'New Webhook',
    },
    rows: true,
  },
  {
    name: 'latest attempts of a webhook',
    path: ({ webhook }) => `/webhooks/${webhook}`,
    call: ATTEMPTS,
    empty: { path: ({ quietWebhook }) => `/webhooks/${quietWebhook}`, account: quiet, words: 'Nothing sent yet.', action: 'Send Test' },
    rows: true,
  },
  {
    name: 'history of a webhook',
    path: ({ webhook }) => `/webhooks/${webhook}/history`,
    call: ATTEMPTS,
    noMatch: '?code=200',
    empty: {
      path: ({ quietWebhook }) => `/webhooks/${quietWebhook}/history`,
      account: quiet,
      words: 'Nothing sent yet.',
      action: 'Send Test',
    },
    rows: true,
  },
  {
    name: 'activity of a webhook',
    path: ({ webhook }) => `/webhooks/${webhook}/activity`,
    call: /\/changes$/,
    empty: { words: 'Nobody has changed anything yet.' },
    rows: true,
  },
  {
    name: 'events',
    path: () => '/events',
    call: /^\/v1\/events$/,
    noMatch: '?id=nothing-like-it',
    empty: { path: () => '/events', account: bare, words: 'No events yet.', action: 'Go to webhooks' },
    rows: true,
  },
  {
    name: 'event catalog',
    path: () => '/catalog',
    call: /^\/v1\/event-types$/,
    noMatch: '?q=nothing-like-it',
    empty: { words: 'The catalog is empty.' },
    rows: true,
  },
  {
    name: 'API keys',
    path: () => '/developers',
    call: /\/api-keys$/,
    empty: { path: () => '/developers', account: bare, words: 'No API keys yet.', action: 'New API key' },
    admin: true,
    rows: true,
  },
  {
    name: 'topics to publish to',
    path: () => '/developers?tab=topics',
    call: /^\/v1\/modules$/,
    empty: { words: 'There are no modules yet.' },
    rows: true,
  },
  {
    name: 'accounts',
    path: operator('accounts'),
    call: /^\/v1\/accounts$/,
    noMatch: '&q=nothing-like-it',
    empty: { words: 'No accounts.' },
    admin: true,
    rows: true,
  },
  {
    name: 'dead letters',
    path: operator('dead-letters'),
    call: /\/dead-letters$/,
    noMatch: '&reason=NOTHING_LIKE_IT',
    empty: { words: 'No dead letters.' },
    admin: true,
    rows: true,
  },
  {
    name: 'circuits',
    path: operator('circuits'),
    call: /\/circuits$/,
    noMatch: '&accountId=nobody',
    empty: { words: 'All circuits are closed.' },
    admin: true,
  },
  {
    name: 'notifications',
    path: operator('notifications'),
    call: /\/notifications$/,
    noMatch: '&accountId=nobody',
    empty: { words: 'No notifications yet.' },
    admin: true,
  },
  {
    name: 'audit log',
    path: operator('audit'),
    call: /\/audit$/,
    noMatch: '&action=nothing-like-it',
    empty: { words: 'Nothing recorded yet.' },
    admin: true,
    rows: true,
  },
  {
    name: 'lag of the consumer groups',
    path: operator('lag'),
    call: /\/lag$/,
    empty: { words: 'No consumer groups.' },
    admin: true,
    rows: true,
  },
];
