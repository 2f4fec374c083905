import { escapeHtml } from './letter.js';
import type { Unsubscription } from './unsubscribe-links.js';

/** Nothing from elsewhere, no script, no frame around it; the form goes back to where it came from. */
export const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export type PageState = 'asks' | 'unsubscribed' | 'subscribed' | 'unreadable';

/** The page behind the link of a mail. Opening it changes nothing: programs that read mails open every link. */
export function unsubscribePage(state: PageState, { address }: Partial<Unsubscription> = {}): string {
  const who = escapeHtml(address ?? '');
  const content: Readonly<Record<PageState, string>> = {
    asks: `<p>Mails to <b>${who}</b> about failing webhooks:</p>${button('webhook', 'No more about this webhook')}${button('account', 'No more about any webhook of this account')}`,
    unsubscribed: `<p><b>${who}</b> gets no more of these mails.</p>${button('undo', 'Send them again')}`,
    subscribed: `<p><b>${who}</b> gets these mails again.</p>${button('webhook', 'No more about this webhook')}`,
    unreadable: '<p>This link cannot be read any more. Ask who manages your webhooks to take your address out of them.</p>',
  };
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="robots" content="noindex"><title>Notifications</title></head>',
    '<body style="font-family:system-ui,sans-serif;max-width:480px;margin:48px auto;padding:0 16px"><h1>Notifications</h1>',
    content[state],
    '</body></html>',
  ].join('\n');
}

/** Without an action the form goes to the address of the page, its token included. */
function button(scope: string, label: string): string {
  return `<form method="post"><input type="hidden" name="scope" value="${scope}"><p><button style="font-size:16px;padding:8px 16px">${label}</button></p></form>`;
}
