const {
  TEST_CONSOLE_URL = '',
  TEST_CONSOLE_ADMIN_KEY = '',
  TEST_CONSOLE_BROKERS = '',
  TEST_CONSOLE_EMBEDDER = '',
  TEST_CONSOLE_MAILBOX = '',
} = process.env;

/** The system that the specs look at, as `global-setup.mjs` started it. */
export const SYSTEM_URL = TEST_CONSOLE_URL;
export const ADMIN_KEY = TEST_CONSOLE_ADMIN_KEY;
export const BROKERS: readonly string[] = TEST_CONSOLE_BROKERS.split(',');
/** The one origin whose pages may show the console in a frame. */
export const EMBEDDER = TEST_CONSOLE_EMBEDDER;
/** The page of the mailbox that the system's mails go to. */
export const MAILBOX = TEST_CONSOLE_MAILBOX;

/** Calls the management API. @throws Error when the answer is not 2xx */
export async function callApi<T>(method: string, path: string, { body, key = ADMIN_KEY, account }: CallOptions = {}): Promise<T> {
  const response = await fetch(`${SYSTEM_URL}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(account ? { 'hookstream-account': encodeURIComponent(account) } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

interface CallOptions {
  readonly body?: unknown;
  readonly key?: string;
  readonly account?: string;
}
