import { browserStorage } from './browser-storage';

/** What the console shows to the API: a key that someone typed in, or the token of a page that embeds the console. */
export interface Credentials {
  readonly token: string;
  readonly kind: 'key' | 'portal';
  /** Of an administrator: the account looked at. Undefined: the account of the key. */
  readonly account?: string | undefined;
}

const STORED_AS = 'hookstream.credentials';

type Listener = () => void;

/** Kept for as long as the tab lives, or the page where the browser stores nothing; never longer and never in an address. */
class CredentialsStore {
  private current: Credentials | undefined = stored();
  private readonly listeners = new Set<Listener>();
  /** Whether the last credentials were refused by the API, rather than laid down by who used them. */
  refused = false;

  get = (): Credentials | undefined => this.current;

  set(credentials: Credentials | undefined, { refused = false } = {}): void {
    this.current = credentials;
    this.refused = refused;
    if (credentials) browserStorage('session')?.setItem(STORED_AS, JSON.stringify(credentials));
    else browserStorage('session')?.removeItem(STORED_AS);
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: Listener): Listener => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

function stored(): Credentials | undefined {
  try {
    const { token, kind, account } = JSON.parse(browserStorage('session')?.getItem(STORED_AS) ?? '{}') as Partial<Credentials>;
    return token && kind ? { token, kind, account } : undefined;
  } catch {
    return undefined;
  }
}

export const credentials = new CredentialsStore();
