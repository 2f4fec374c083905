import { describe, expect, it } from 'vitest';
import { aCatalog } from '../testing-support/a-catalog';
import { asCurl } from './as-curl';
import { prettyBody } from './pretty-body';
import { previewedTypes } from './previewed-types';

describe('the types that a preview offers', () => {
  const names = (events: string[]) => previewedTypes(aCatalog.types, events).map(({ name }) => name);

  it('are those that the choice sends, members in place of a combined type', () => {
    expect(names(['RECEIVED_STATUS'])).toEqual(['MESSAGE_RECEIVED', 'MESSAGE_STATUS']);
    expect(names(['orders:*'])).toEqual(['order_created', 'order_updated']);
  });

  it('are all while nothing is chosen', () => {
    expect(names([])).toEqual(names(['*']));
  });
});

describe('a request as a command', () => {
  it('keeps quotes of the body whole', () => {
    const curl = asCurl({ method: 'POST', url: 'https://a.example/?x=1', headers: [], body: `{"a":"it's"}`, contentType: null });
    expect(curl).toBe(`curl -X POST 'https://a.example/?x=1' \\\n  --data-raw '{"a":"it'\\''s"}'`);
  });
});

describe('a body laid out', () => {
  it('indents JSON and XML and leaves anything else alone', () => {
    expect(prettyBody('{"a":1}', 'application/json')).toBe('{\n  "a": 1\n}');
    expect(prettyBody('<e a="1"><b>1</b><c><d></d></c></e>', 'application/xml')).toBe(
      '<e a="1">\n  <b>1</b>\n  <c>\n    <d>\n    </d>\n  </c>\n</e>',
    );
    expect(prettyBody('not json', 'application/json')).toBe('not json');
  });
});
