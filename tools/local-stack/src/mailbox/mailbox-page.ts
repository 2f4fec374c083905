import type { KeptMail } from './kept-mails.js';

/** For our own pages: no script at all; the mail itself comes in a frame, from here, under a policy of its own. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** For the HTML of a mail: nothing runs and nothing is fetched, not even when it is opened by itself. Links open beside it. */
export const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

const STYLE = `body{font-family:system-ui,sans-serif;max-width:960px;margin:24px auto;padding:0 16px;color-scheme:light dark}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:6px 12px 6px 0;vertical-align:top;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere}iframe{width:100%;height:480px;border:1px solid #8888;background:#fff}`;

export function listPage(mails: readonly KeptMail[]): string {
  const rows = mails.map(
    ({ id, receivedAt, subject, from, envelope }) =>
      `<tr><td><a href="/mails/${id}">${escaped(subject || '(no subject)')}</a></td><td>${escaped(envelope.to.join(', '))}</td><td>${escaped(from)}</td><td><time datetime="${receivedAt}">${receivedAt.slice(0, 19).replace('T', ' ')} UTC</time></td></tr>`,
  );
  const head = ['Subject', 'To', 'From', 'Received'].map((name) => `<th scope="col">${name}</th>`).join('');
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  return document(
    'Mailbox',
    `<h1>Mailbox</h1>${mails.length === 0 ? '<p>No mails yet. What Hookstream sends arrives here and goes no further.</p>' : table}`,
    true,
  );
}

export function mailPage({ id, subject, from, envelope, receivedAt, headers, text, html }: KeptMail): string {
  const facts = [
    ['From', from],
    ['To', envelope.to.join(', ')],
    ['Received', receivedAt],
  ].map(([name, value]) => `<tr><th scope="row">${name}</th><td>${escaped(value!)}</td></tr>`);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return document(
    subject || '(no subject)',
    [
      `<p><a href="/">Mailbox</a></p><h1>${escaped(subject || '(no subject)')}</h1><table>${facts.join('')}</table>`,
      html === null
        ? ''
        : `<h2>HTML</h2><iframe title="The HTML part" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" src="/mails/${id}/html"></iframe>`,
      text === null ? '' : `<h2>Plain text</h2><pre>${escaped(text)}</pre>`,
      `<h2>Headers</h2><pre>${escaped(lines.join('\n'))}</pre><p><a href="/mails/${id}/raw">Source</a></p>`,
    ].join('\n'),
    false,
  );
}

/** The HTML part as it came, but that its links open beside it. */
export function framedHtml(html: string): string {
  return `<!doctype html><base target="_blank">\n${html}`;
}

function document(title: string, body: string, refreshes: boolean): string {
  const refresh = refreshes ? '<meta http-equiv="refresh" content="5">' : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>${escaped(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
