import { describe, expect, it } from '@jest/globals';
import { Catalog, loadCatalog, type EventType } from '#libs/catalog';
import { catalogPage } from './catalog-page.js';

const type = (name: string, more: Partial<EventType> = {}): EventType => ({
  name,
  module: 'm',
  label: `Label of ${name}`,
  description: `Description of ${name}.`,
  updatedAt: '2026-11-20T00:00:00Z',
  combines: [],
  schema: { type: 'object' },
  sample: { of: name },
  origin: 'shipped',
  version: 1,
  schemaCheck: 'off',
  deprecated: null,
  redact: [],
  ...more,
});
const pageOf = (...types: EventType[]) =>
  catalogPage(
    new Catalog(
      [
        { name: 'm', label: 'M', topic: 'm' },
        { name: 's', label: 'S', topic: null },
      ],
      types,
    ),
  );

describe('catalogPage', () => {
  it('dates each type, and the page by the newest of them', () => {
    const page = pageOf(type('a', { updatedAt: '2026-12-24T23:00:00-05:00' }), type('b'));
    expect(page.match(/Last updated: \S+/g)).toEqual(['Last updated: 2026-12-25', 'Last updated: 2026-12-25', 'Last updated: 2026-11-20']);
  });

  it('says of a deprecated type since when, why, and what to use instead', () => {
    const page = pageOf(
      type('a', { deprecated: { since: '2026-11-20T00:00:00Z', message: 'Too vague.', replacedBy: 'b.c' } }),
      type('b.c'),
    );
    expect(page).toContain('**Deprecated** since 2026-11-20. Too vague. Use [`b.c`](#bc) instead.');
    expect(page.match(/Deprecated/g)).toHaveLength(1);
  });

  it('says what of a type is not stored', () => {
    const page = pageOf(type('a', { redact: ['/customer/email', '/lines/*/note'] }), type('b'));
    expect(page.match(/Not stored.*/g)).toEqual([
      'Not stored in the history: `/customer/email`, `/lines/*/note`. Receivers get all of it; such an event cannot be sent again.',
    ]);
  });

  it('lists nested members with their types, and escapes what would break the table', () => {
    const schema = {
      required: ['lines'],
      properties: {
        lines: {
          type: 'array',
          items: { type: 'object', required: ['sku'], properties: { sku: { type: ['string', 'null'], description: 'a|b\nc' } } },
        },
        mode: { enum: ['x', 'y'] },
        at: { type: 'string', format: 'date-time' },
      },
    };
    const page = pageOf(type('a', { schema }));
    expect(page).toContain(
      '| `lines` | list of object |  |\n| `lines[].sku` | string or null | a\\|b c |\n| `mode`? | `x`, `y` |  |\n| `at`? | string (date-time) |  |',
    );
  });

  it('explains combined types by their members and keeps synthetic types out of the table of modules', () => {
    const page = pageOf(type('a.b'), type('c'), type('AC', { combines: ['a.b', 'c'] }), type('t', { module: 's' }));
    expect(page).toContain('Combined: subscribes to [`a.b`](#ab) and [`c`](#c).');
    expect(page).toContain('| M (`m`) | `m` | [`a.b`](#ab), [`c`](#c), [`AC`](#ac) |');
    expect(page.indexOf('### t')).toBeGreaterThan(page.indexOf('## Sent by Hookstream itself'));
  });

  it('has a section for every shipped type', () => {
    const catalog = loadCatalog();
    const page = catalogPage(catalog);
    for (const { name } of catalog.eventTypes()) expect(page).toContain(`\n### ${name}\n`);
  });
});
