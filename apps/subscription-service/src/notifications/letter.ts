/** One mail before it has a form: the same content becomes the plain and the HTML part. Everything in it is untrusted text. */
export interface Letter {
  readonly subject: string;
  /** The first sentence. */
  readonly lead: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Lines of a list, such as single failures. */
  readonly items: readonly string[];
  readonly link: { readonly label: string; readonly url: string };
  /** Why the reader gets it. */
  readonly footer: string;
  readonly unsubscribeUrl: string;
}

const LONGEST = 300;

/**
 * Text that cannot leave its line: control, format (which turn the direction of writing) and line-breaking characters become
 * blanks, and it is cut to a bounded length.
 */
export function oneLine(text: string, longest = LONGEST): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line;
}

/** The plain part. */
export function plainText({ lead, facts, items, link, footer, unsubscribeUrl }: Letter): string {
  const width = Math.max(0, ...facts.map(([label]) => label.length)) + 1;
  const blocks = [
    oneLine(lead),
    facts.map(([label, value]) => `${`${label}:`.padEnd(width)} ${oneLine(value)}`).join('\n'),
    items.map((item) => `- ${oneLine(item)}`).join('\n'),
    `${link.label}:\n${link.url}`,
    `-- \n${oneLine(footer)}\nNo more mails about this webhook: ${unsubscribeUrl}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The HTML part: no script, no image, nothing from elsewhere. */
export function htmlText({ subject, lead, facts, items, link, footer, unsubscribeUrl }: Letter): string {
  const cell = 'style="padding:4px 16px 4px 0;vertical-align:top;text-align:left;font-weight:normal"';
  const rows = facts.map(([label, value]) => `<tr><th ${cell}>${shown(label)}</th><td ${cell}><b>${shown(value)}</b></td></tr>`).join('');
  const list = items.map((item) => `<li>${shown(item)}</li>`).join('');
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${shown(subject)}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;color:#1f2328;max-width:640px;margin:0 auto;padding:16px">',
    `<p style="font-size:18px">${shown(lead)}</p>`,
    rows === '' ? '' : `<table role="presentation" style="border-collapse:collapse">${rows}</table>`,
    list === '' ? '' : `<ul>${list}</ul>`,
    `<p><a href="${escapeHtml(link.url)}">${shown(link.label)}</a></p>`,
    `<p style="color:#59636e;font-size:13px">${shown(footer)} <a href="${escapeHtml(unsubscribeUrl)}">No more mails about this webhook</a></p>`,
    '</body></html>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function shown(text: string): string {
  return escapeHtml(oneLine(text));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
