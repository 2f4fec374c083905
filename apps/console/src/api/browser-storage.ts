/**
 * What the browser keeps for the tab (`session`) or for the profile (`local`). Undefined where it keeps nothing: many browsers deny
 * that to a frame inside the page of another site, and throw at the mere name of it.
 */
export function browserStorage(kind: 'session' | 'local'): Storage | undefined {
  try {
    return kind === 'session' ? globalThis.sessionStorage : globalThis.localStorage;
  } catch {
    return undefined;
  }
}
