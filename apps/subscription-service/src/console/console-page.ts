import { randomBytes } from 'node:crypto';

/** What the page is told before it asks anything. */
export interface ConsoleSettings {
  /** What the console calls itself. */
  readonly title: string;
  /** Where it stands in the product around it, outermost first. */
  readonly breadcrumb: readonly string[];
  /** Delays before attempts 2, 3, … of webhooks without a schedule of their own, such as `5s`. */
  readonly retrySchedule: readonly string[];
  /** Of Hookstream. */
  readonly version: string;
}

export interface ConsolePage {
  readonly html: string;
  /** The value of `content-security-policy`. */
  readonly policy: string;
}

const NONCE_BYTES = 16;
const NONCE_MARK = /CSP_NONCE/g;
const SETTINGS_MARK = '%CONSOLE_SETTINGS%';
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * The one page of the console, with a nonce of its own and the policy that goes with it: code and styles come from this service,
 * calls go to it, and nothing else may be loaded. Style elements need the nonce: the component library writes its variables
 * into one. Style attributes need no permission: React sets them through the DOM, and markup with such attributes is refused.
 * @param built the page as it was built, with marks in the places of nonce and settings
 * @param frameAncestors sources whose pages may show the console in a frame; none when empty
 */
export function consolePage(built: string, settings: ConsoleSettings, frameAncestors: readonly string[]): ConsolePage {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const written = JSON.stringify(settings).replace(/[&<>"]/g, (character) => ESCAPES[character]!);
  return {
    // A function, since a text to put in may hold what `replace` takes for a pattern.
    html: built.replace(NONCE_MARK, () => nonce).replace(SETTINGS_MARK, () => written),
    policy: [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "connect-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ')}`,
    ].join('; '),
  };
}
