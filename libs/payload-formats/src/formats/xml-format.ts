import type { DomainEvent } from '#libs/contracts';
import { dataAsText, hasJsonData } from '../event-data.js';
import { readJson, type JsonNode } from '../json-reader.js';
import type { PayloadFormat } from '../payload-format.js';
import { isUnwritable, jsonEscaped, withReplacements, xmlAttributeText, xmlText } from '../xml-text.js';

/** `<event id type time>…</event>`, the data as elements; the mapping is in the README of this library. */
export const xmlFormat: PayloadFormat = {
  name: 'XML',
  contentType: () => 'application/xml',
  render: ({ event }) => {
    const names = [attribute('id', event.id), attribute('type', event.type), attribute('time', event.time)].join('');
    return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><event${names}${dataAsXml(event)}</event>`, 'utf8');
  },
};

// Plain ASCII names only, so that every XML library takes them. Of the names kept out, `field` is the element for all that are, and
// the other three would reach an object's prototype in parsers that build objects.
const ELEMENT_NAME = /^(?!xml)(?!(?:field|__proto__|constructor|prototype)$)[a-z_][a-z0-9_.-]{0,127}$/i;

const JSON_NULL: JsonNode = { kind: 'null', source: 'null' };

// Attributes and content of the root, from its attribute `data` on. An object needs no such attribute: it is what data usually is.
function dataAsXml(event: DomainEvent): string {
  if (!hasJsonData(event)) {
    const { text, base64 } = dataAsText(event);
    return ` data="${base64 ? 'base64' : 'text'}"${textContent(text)}`;
  }
  const node = event.data.length === 0 ? JSON_NULL : readJson(event.data);
  if (node.kind === 'object') return `>${children(node)}`;
  return ` data="${node.kind}"${node.kind === 'string' ? textContent(node.value) : `>${children(node)}`}`;
}

function element(name: string, node: JsonNode): string {
  const isPlain = ELEMENT_NAME.test(name);
  return `<${isPlain ? name : `field${nameAttribute(name)}`}${contentOf(node)}</${isPlain ? name : 'field'}>`;
}

function nameAttribute(name: string): string {
  return isUnwritable(name) ? attribute('json-name', jsonEscaped(name)) : attribute('name', name);
}

// From the attributes after the name to the end tag. `type` says what the content alone does not: text is a string, elements an object.
function contentOf(node: JsonNode): string {
  if (node.kind === 'string') return textContent(node.value);
  const isPlainObject = node.kind === 'object' && node.members.length > 0;
  return `${isPlainObject ? '' : attribute('type', node.kind)}>${children(node)}`;
}

function children(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return node.members.map(([name, value]) => element(name, value)).join('');
    case 'array':
      return node.items.map((item) => element('item', item)).join('');
    case 'string':
    case 'null':
      return '';
    case 'number':
    case 'boolean':
      return node.source;
  }
}

function textContent(text: string): string {
  return isUnwritable(text) ? `${attribute('encoding', 'json')}>${xmlText(jsonEscaped(text))}` : `>${xmlText(text)}`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${xmlAttributeText(withReplacements(value))}"`;
}
