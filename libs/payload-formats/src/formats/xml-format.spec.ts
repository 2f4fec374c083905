import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent } from '#libs/contracts';
import { readJson, type JsonNode } from '../json-reader.js';
import { xmlFormat } from './xml-format.js';

const event = (data: Buffer | string, more: Partial<DomainEvent> = {}): DomainEvent => ({
  id: 'evt_1',
  source: 's',
  type: 'order_created',
  time: '2026-11-20T10:15:30Z',
  accountId: 'a',
  data: Buffer.from(data),
  ...more,
});
const render = (of: DomainEvent) => xmlFormat.render({ event: of, deliveryId: 'dlv_1' }).toString('utf8');
const rootOf = (xml: string): XmlElement => parseXml(xml, { ignoreUndefinedEntities: false }).root!;

// The documented mapping, backwards.
const unescaped = (json: string) => JSON.parse(`"${json}"`) as string;
const textOf = (element: XmlElement) => (element.attributes['encoding'] === 'json' ? unescaped(element.text) : element.text);
const childrenOf = (element: XmlElement) => element.children.filter((child) => child instanceof XmlElement);

function nameOf(element: XmlElement): string {
  if (element.name !== 'field') return element.name;
  const { name, 'json-name': jsonName } = element.attributes;
  return jsonName === undefined ? name! : unescaped(jsonName);
}

type Plain = ['object', [string, Plain][]] | ['array', Plain[]] | [kind: string, source: string];

function fromXml(element: XmlElement, kind = element.attributes['type']): Plain {
  const inner = childrenOf(element);
  if (kind === 'array') return ['array', inner.map((item) => fromXml(item))];
  if (kind === 'object' || (kind === undefined && inner.length > 0))
    return ['object', inner.map((member) => [nameOf(member), fromXml(member)])];
  if (kind === 'null') return ['null', 'null'];
  return [kind ?? 'string', textOf(element)];
}

function fromNode(node: JsonNode): Plain {
  if (node.kind === 'object') return ['object', node.members.map(([name, value]) => [name, fromNode(value)])];
  if (node.kind === 'array') return ['array', node.items.map(fromNode)];
  return [node.kind, node.kind === 'string' ? node.value : node.source];
}

const HOSTILE = [
  '',
  'a b',
  'xml',
  'XMLns',
  '1st',
  '__proto__',
  'constructor',
  'a:b',
  'field',
  'item',
  'größe',
  ']]>',
  '&amp;',
  '\r\n\t',
  '\0',
  '\ufffe',
  '\ud800',
  '🎉',
];
const anyText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
);
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false', '12345678901234567890', '1.10', '-0', '1e400'),
    anyText.map((text) => JSON.stringify(text)),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(anyText, tie('json')), { maxLength: 4 })
      .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)} : ${value}`).join(',')}}`),
  ),
}));

describe('XML', () => {
  it('is well-formed and holds all of the data, whatever JSON was published', () => {
    fc.assert(
      fc.property(json, (text) => {
        const root = rootOf(render(event(text)));
        expect(root.name).toBe('event');
        expect(fromXml(root, root.attributes['data'] ?? 'object')).toEqual(fromNode(readJson(Buffer.from(text, 'utf8'))));
      }),
      { numRuns: 1000 },
    );
  });

  it('is well-formed whatever the event is called, and keeps what XML can hold', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (id, type, time) => {
        const { attributes } = rootOf(render(event('{}', { id, type, time })));
        const kept = (text: string) => text.toWellFormed().replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
        expect([attributes['id'], attributes['type'], attributes['time']].map((text) => [...text!].length)).toEqual(
          [id, type, time].map((text) => [...text].length),
        );
        expect(attributes['id']).toBe(kept(id));
      }),
    );
  });

  it('carries data that is not JSON as text, or as base64 when it is not UTF-8', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const root = rootOf(render(event(text, { dataContentType: 'application/xml' })));
        expect([root.attributes['data'], textOf(root)]).toEqual(['text', text.toWellFormed()]);
      }),
    );
    const root = rootOf(render(event(Buffer.from([0xff, 0x00]), { dataContentType: 'image/png' })));
    expect([root.attributes['data'], root.text]).toEqual(['base64', '/wA=']);
  });

  it('has no children but elements beside elements, and text alone', () => {
    const [member] = childrenOf(rootOf(render(event('{ "a": { "b": "x" } }'))));
    expect(member!.children.every((child) => child instanceof XmlElement)).toBe(true);
    expect(childrenOf(member!)[0]!.children.every((child) => child instanceof XmlText)).toBe(true);
  });

  it('refuses data that is not the JSON it says', () => {
    expect(() => render(event('{'))).toThrow(expect.objectContaining({ code: 'PAYLOAD_NOT_JSON' }));
  });
});
