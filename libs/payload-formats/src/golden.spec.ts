import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import type { DomainEvent } from '#libs/contracts';
import { payloadFormat, payloadFormatNames } from './registry.js';

type EventFixture = Omit<DomainEvent, 'data'> & ({ readonly data: string } | { readonly dataBase64: string });

const FIXTURES = new URL('../fixtures/', import.meta.url);
const folderOf = (format: string) => `${format.toLowerCase().replace('_', '-')}/`;

function readEvent(name: string): DomainEvent {
  const fixture = JSON.parse(readFileSync(new URL(`events/${name}.json`, FIXTURES), 'utf8')) as EventFixture;
  return { ...fixture, data: 'data' in fixture ? Buffer.from(fixture.data, 'utf8') : Buffer.from(fixture.dataBase64, 'base64') };
}

describe.each(payloadFormatNames)('golden files of %s', (name) => {
  const format = payloadFormat(name);
  const folder = new URL(folderOf(name), FIXTURES);
  const cases = readdirSync(folder).map((file) => file.replace(/\.body$/, ''));

  it.each(cases)('writes the event %s as the bytes of its golden file', (eventName) => {
    const event = readEvent(eventName);
    const golden = readFileSync(new URL(`${eventName}.body`, folder));
    const rendered = format.render({ event, deliveryId: 'dlv_01k9zq3v5r8w2y4x6z7a9b1c3d' });
    expect(rendered.toString('utf8')).toBe(golden.toString('utf8')); // readable when it fails
    expect(rendered.equals(golden)).toBe(true);
  });
});
