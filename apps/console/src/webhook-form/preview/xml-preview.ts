import type { PreviewEvent } from './preview-event';

// The names that become elements of their own; all others are `<field name="…">`.
const ELEMENT_NAME = /^(?!xml)(?!(?:field|__proto__|constructor|prototype)$)[a-z_][a-z0-9_.-]{0,127}$/i;
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** `<event id type time>…</event>`, the data as elements. */
export function xmlBody({ id, type, time, data }: PreviewEvent): string {
  const names = [attribute('id', id), attribute('type', type), attribute('time', time)].join('');
  return `<?xml version="1.0" encoding="UTF-8"?><event${names}${rootContent(JSON.parse(data))}</event>`;
}

function rootContent(value: unknown): string {
  if (kindOf(value) === 'object') return `>${children(value)}`;
  return ` data="${kindOf(value)}"${typeof value === 'string' ? textContent(value) : `>${children(value)}`}`;
}

function element(name: string, value: unknown): string {
  const isPlain = ELEMENT_NAME.test(name);
  return `<${isPlain ? name : `field${nameAttribute(name)}`}${contentOf(value)}</${isPlain ? name : 'field'}>`;
}

function nameAttribute(name: string): string {
  return UNWRITABLE.test(name) ? attribute('json-name', JSON.stringify(name).slice(1, -1)) : attribute('name', name);
}

function contentOf(value: unknown): string {
  if (typeof value === 'string') return textContent(value);
  const kind = kindOf(value);
  const plain = kind === 'object' && Object.keys(value as object).length > 0;
  return `${plain ? '' : attribute('type', kind)}>${children(value)}`;
}

function children(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element('item', item)).join('');
  if (value === null || typeof value === 'string') return '';
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, member]) => element(name, member))
      .join('');
  return JSON.stringify(value);
}

function textContent(text: string): string {
  const escape = (from: string) => from.replace(/[&<>\r]/g, (char) => ENTITIES[char]!);
  return UNWRITABLE.test(text) ? ` encoding="json">${escape(JSON.stringify(text).slice(1, -1))}` : `>${escape(text)}`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${value.replace(/[&<>"\t\n\r]/g, (char) => ENTITIES[char]!)}"`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
