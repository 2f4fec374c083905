import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PayloadFormat } from '../form-values';
import { previewBody } from './payload-preview';
import type { PreviewEvent } from './preview-event';

// The oracle: the golden files that the sender's own formats are held to.
const FIXTURES = new URL('../../../../../libs/payload-formats/fixtures/', import.meta.url);
const isJson = ({ data, dataContentType }: Fixture) => typeof data === 'string' && data !== '' && dataContentType === undefined;

interface Fixture extends PreviewEvent {
  readonly dataContentType?: string;
}

function cases(format: PayloadFormat): [name: string, event: Fixture, golden: string][] {
  const folder = new URL(`${format.toLowerCase().replace('_', '-')}/`, FIXTURES);
  return readdirSync(folder)
    .map((file): [string, Fixture, string] => {
      const name = file.replace(/\.body$/, '');
      const event = JSON.parse(readFileSync(new URL(`events/${name}.json`, FIXTURES), 'utf8')) as Fixture;
      return [name, event, readFileSync(new URL(file, folder), 'utf8')];
    })
    .filter(([, event]) => isJson(event));
}

describe.each(['DEFAULT', 'ENVELOPE', 'STANDARD', 'CLOUDEVENTS', 'RAW'] as const)('a body in %s', (format) => {
  it.each(cases(format))('of the event %s is the one of the golden file', (_, event, golden) => {
    expect(previewBody(format, event).text).toBe(golden);
  });
});

describe('a body in Z_API', () => {
  it.each(cases('Z_API'))('of the event %s has the members of the golden file, in their order', (_, event, golden) => {
    expect(normalised(previewBody('Z_API', event).text)).toBe(normalised(golden));
  });
});

describe('a body in XML', () => {
  // Numbers that JavaScript spells otherwise, or that repeat as keys, cannot come out the same here.
  const faithful = cases('XML').filter(([, { data }]) => JSON.stringify(JSON.parse(data)) === data.replace(/([,:]) /g, '$1'));

  it.each(faithful)('of the event %s is the one of the golden file', (_, event, golden) => {
    expect(previewBody('XML', event).text).toBe(golden);
  });

  it('names fields that cannot be elements and marks what is no text', () => {
    const event: PreviewEvent = {
      ...{ id: 'e', source: '/s', type: 't', accountId: 'a', channelId: null, time: '2026-11-20T00:00:00Z', context: null },
      data: '{"total":1.5,"1st":"<&>","xml":null,"lines":[{"sku":"A"},{}]}',
    };
    expect(previewBody('XML', event).text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><event id="e" type="t" time="2026-11-20T00:00:00Z"><total type="number">1.5</total>' +
        '<field name="1st">&lt;&amp;&gt;</field><field name="xml" type="null"></field>' +
        '<lines type="array"><item><sku>A</sku></item><item type="object"></item></lines></event>',
    );
  });
});

function normalised(json: string): string {
  return JSON.stringify(JSON.parse(json));
}
