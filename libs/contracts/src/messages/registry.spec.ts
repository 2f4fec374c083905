import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  ContractViolation,
  decodeAttempted,
  decodeDeliveryCommand,
  decodeEndpointHealth,
  decodeEventTypeState,
  decodeOutcome,
  decodeWebhookEvent,
  decodeWebhookState,
  messages,
  type Messages,
  type RecordHeaders,
  type WebhookStateV1,
} from '#libs/contracts';

type Decode = (record: { headers: RecordHeaders; value: Buffer }) => unknown;

interface SchemaNode {
  readonly type?: unknown;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

const DECODERS: { readonly [Name in keyof Messages]: Decode } = {
  DeliveryAttemptedV1: decodeAttempted,
  DeliveryCommandV1: decodeDeliveryCommand,
  DeliveryOutcomeV1: decodeOutcome,
  EndpointHealthV1: decodeEndpointHealth,
  EventTypeStateV1: decodeEventTypeState,
  WebhookEventV1: decodeWebhookEvent,
  WebhookStateV1: decodeWebhookState,
};
const names = Object.keys(messages) as (keyof Messages)[];

function golden(name: keyof Messages): { headers: Record<string, string>; data: Record<string, unknown> } {
  const file = new URL(`../../fixtures/${messages[name].fixture}.json`, import.meta.url);
  const { headers, value } = JSON.parse(readFileSync(file, 'utf8')) as { headers: Record<string, string>; value: string };
  return { headers, data: JSON.parse(value) as Record<string, unknown> };
}

function read(name: keyof Messages, change: Record<string, unknown>): unknown {
  const { headers, data } = golden(name);
  return DECODERS[name]({ headers, value: Buffer.from(JSON.stringify({ ...data, ...change })) });
}

/** Every described place of a schema, by its path. */
function placesOf(node: SchemaNode, path = ''): [path: string, node: SchemaNode][] {
  const nested = Object.entries(node.properties ?? {}).map(([name, member]): [string, SchemaNode] => [`${path}.${name}`, member]);
  const items = node.items ? placesOf(node.items, `${path}[]`) : [];
  return [...nested, ...nested.flatMap(([at, member]) => placesOf(member, at)), ...items];
}

describe('the registry of messages', () => {
  it.each(names)('names %s by its name and version, and a golden message of it', (name) => {
    const spec = messages[name];
    expect(`${spec.name}V${spec.version}`).toBe(name);
    expect(spec.types).toContain(golden(name).headers['ce_type']);
  });

  it('gives a CloudEvents type to one message only', () => {
    const types = names.flatMap((name) => messages[name].types);
    expect(new Set(types).size).toBe(types.length);
  });

  it.each(names)('describes every member of %s in one line', (name) => {
    const places = placesOf(messages[name].schema);
    expect(places.length).toBeGreaterThan(5);
    for (const [path, node] of places) {
      expect({ path, type: node.type, description: node.description }).toEqual({
        path,
        type: expect.anything(),
        description: expect.stringMatching(/^[^\n]{5,160}$/),
      });
    }
  });
});

describe('reading a message', () => {
  it.each(names)('refuses %s when any one member but an optional one is absent, or any is of another type', (name) => {
    expect(() => read(name, {})).not.toThrow();
    for (const member of Object.keys(golden(name).data)) {
      const required = messages[name].schema.required.includes(member);
      for (const wrong of [...(required ? [undefined] : []), [[]], -1.5]) {
        expect(() => read(name, { [member]: wrong })).toThrow(ContractViolation);
      }
    }
  });

  it.each(names)('knows every member of the golden %s', (name) => {
    expect(Object.keys(messages[name].schema.properties).sort()).toEqual(Object.keys(golden(name).data).sort());
  });

  it('takes a webhook whose payload format it does not know yet, but not one whose format is no name', () => {
    expect((read('WebhookStateV1', { payloadFormat: 'PROTO_BUF' }) as WebhookStateV1).payloadFormat).toBe('PROTO_BUF');
    for (const payloadFormat of ['', 'json', 'A'.repeat(33), '../XML', 'XML\n', null]) {
      expect(() => read('WebhookStateV1', { payloadFormat })).toThrow(ContractViolation);
    }
  });

  it('names the message and the place of the fault, and not the value', () => {
    const canary = 'canary-value';
    expect(() => read('WebhookStateV1', { secrets: [{ id: 'sec_1', sealed: [canary], validUntil: null }] })).toThrow(
      expect.objectContaining({ reason: 'MESSAGE_SHAPE_INVALID', message: 'WebhookState v1: data/secrets/0/sealed must be string' }),
    );
  });
});
