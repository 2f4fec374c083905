/** What screens are about. */
export interface Shown {
  readonly account: string;
  readonly webhook: string;
  readonly attempt: string;
  readonly deliveryId: string;
  readonly eventId: string;
}

export interface ScreenCase {
  readonly name: string;
  readonly path: (shown: Shown) => string;
  /** What is there once the screen has its data. */
  readonly ready: string;
  readonly as?: 'admin' | 'none';
  /** Data that it shows, and names that are the same in every language. */
  readonly data?: readonly (string | RegExp)[];
}

/** As the seed names it. */
export const SEEDED_NAME = 'Shop';
export const SEEDED_URL = 'http://127.0.0.1:9/hooks';

const ID = /^(evt|dlv|key|wh)_/;
const LISTED = '[data-list-state="data"], [data-list-state="empty"]';
/** Fields of a webhook, with what stands in them as an example. */
const FORM = ['POST', 'PUT', 'GET', 'DELETE', 'https://example.com/webhooks', /^data\./];
/** The end of a secret or a key. */
const LAST4 = /^[0-9a-f]{4}$/;
/** Of a webhook, above its tabs. */
const HEAD = [SEEDED_NAME, ID, 'POST'];
/** Of a delivery and its requests. */
const DELIVERY = [...HEAD, SEEDED_URL, 'application/json', /^\d+ ms$/];
const CODE_CLASSES = [/^[1-5]xx$/, 'none'];
const LANGUAGES = ['Node.js', 'Python', 'Go', 'Java', 'PHP', 'Ruby', 'C#'];
const HEADERS = ['content-type', 'user-agent', /^(webhook|x-hookstream)-[a-z]+$/, 'traceparent'];
const of = (tab: string) => (shown: Shown) => `/webhooks/${shown.webhook}${tab}`;

/** The screens of one webhook and of what was sent to it. */
export const WEBHOOK_SCREENS: readonly ScreenCase[] = [
  { name: 'webhooks', path: () => '/webhooks', ready: 'tr[data-row]', data: HEAD },
  { name: 'new webhook', path: () => '/webhooks/new', ready: 'input[type="checkbox"]', data: FORM },
  { name: 'edit', path: of('/edit'), ready: 'input[type="checkbox"]', data: [...FORM, LAST4] },
  { name: 'webhook', path: of(''), ready: LISTED, data: [...HEAD, /^\d+ ms$/] },
  {
    name: 'testing',
    path: of('/testing'),
    ready: 'main section',
    data: [...HEAD, ...LANGUAGES, ...HEADERS, /^\{\s*"message"/, /^evt_/, /^v1,/],
  },
  {
    name: 'settings',
    path: of('/settings'),
    ready: 'main section, main .mantine-Card-root',
    data: [...HEAD, LAST4, 'REST', 'X-Env', 'type:', 'credentials:'],
  },
  { name: 'secrets', path: of('/secrets'), ready: 'main section, main .mantine-Card-root', data: [...HEAD, LAST4, ...LANGUAGES] },
  { name: 'activity', path: of('/activity'), ready: LISTED, data: [...HEAD, 'X-Env:', 'type:', 'credentials:'] },
  { name: 'history', path: of('/history'), ready: 'tr[data-row]', data: [...HEAD, ...CODE_CLASSES, /^\d+ ms$/] },
  {
    name: 'delivery beside the history',
    path: (shown) => `${of('/history')(shown)}?open=${shown.attempt}`,
    ready: '[role="dialog"] .cm-content',
    data: [...DELIVERY, ...CODE_CLASSES],
  },
  { name: 'delivery', path: ({ deliveryId }) => `/deliveries/${deliveryId}`, ready: '.cm-content', data: DELIVERY },
];

const developers = (tab: string, ...data: (string | RegExp)[]): ScreenCase => ({
  name: `developers: ${tab}`,
  path: () => `/developers?tab=${tab}`,
  ready: tab === 'topics' ? LISTED : 'main pre',
  data,
});
/** Where names of others are listed, narrowed to the account: specs make and delete them all the time. */
const operator = (tab: string): ScreenCase => ({
  name: `operator: ${tab}`,
  path: ({ account }) => `/operator?tab=${tab}${tab === 'accounts' ? `&q=${account}` : ''}`,
  ready: LISTED,
  as: 'admin',
});

/** All other screens. */
export const OTHER_SCREENS: readonly ScreenCase[] = [
  { name: 'sign in', path: () => '/', ready: 'form', as: 'none' },
  { name: 'overview', path: () => '/', ready: '[data-charts] figure', data: [/^p\d\d$/, /^\d+ (ms|s|min|h)$/] },
  { name: 'events', path: () => '/events', ready: 'tr[data-row]' },
  {
    name: 'event',
    path: ({ eventId }) => `/events/${eventId}`,
    ready: '.cm-content',
    data: [...DELIVERY, /^\/accounts\//, /^Matched by /],
  },
  { name: 'event catalog', path: () => '/catalog', ready: LISTED, data: [/^[a-z]+$/] },
  { name: 'event type', path: () => '/catalog/order_created', ready: 'pre, .cm-content', data: ['orders'] },
  { name: 'API keys', path: () => '/developers', ready: LISTED, as: 'admin', data: [/^(key-|hsk_)/, LAST4, /^[a-z]+:[a-z]+$/] },
  developers('api'),
  developers('topics'),
  developers('grpc', /\.proto$/),
  developers('verify', ...LANGUAGES),
  developers('formats', ...HEADERS),
  operator('lag'),
  operator('dead-letters'),
  operator('circuits'),
  operator('accounts'),
  operator('notifications'),
  operator('audit'),
  { name: 'no such page', path: () => '/nowhere', ready: 'h1' },
];
