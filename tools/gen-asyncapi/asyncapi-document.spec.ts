import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readDomainEvent, Topics, type ReceivedRecord } from '#libs/contracts';
import { asyncapiDocument } from './asyncapi-document.js';
import { asyncapiYaml } from './asyncapi-yaml.js';
import { documentParts } from './document-parts.js';

/** Worse than this there is only an error, 0. */
const WARNING = 1;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Message {
  readonly headers?: object;
  readonly payload: object;
  readonly examples: readonly [{ readonly name: string; readonly headers?: Record<string, string>; readonly payload: unknown }];
}
interface Document {
  readonly channels: Record<
    string,
    { address: string; bindings: { kafka: { partitions: number; topicConfiguration: Record<string, unknown> } } }
  >;
  readonly components: { readonly messages: Record<string, Message>; readonly schemas: Record<string, object> };
}

const parts = documentParts(ROOT);
const document = asyncapiDocument(parts) as Document;
const yaml = asyncapiYaml(document);
const messages = Object.entries(document.components.messages);
const example = (name: string) => document.components.messages[name]!.examples[0];

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(yaml);
    const faults = diagnostics
      .filter(({ severity }) => Number(severity) <= WARNING)
      .map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(faults).toEqual([]);
    expect(parsed?.version()).toBe('3.0.0');
  });

  it('says the same to a reader of YAML 1.1, who takes a bare time for a date, as to one of 1.2', () => {
    expect(parse(yaml, { version: '1.1' })).toEqual(parse(yaml));
    expect(parse(yaml)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it.each(messages)('has an example of %s that fits its own schemas', (_name, { headers = {}, payload, examples }) => {
    // The schemas refer to each other from the root of the document.
    const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false }).addKeyword('components');
    const schema = { type: 'object', properties: { headers, payload }, components: document.components };
    for (const given of examples) {
      const fits = ajv.validate(schema, { headers: given.headers ?? {}, payload: given.payload });
      expect({ fits, faults: ajv.errorsText() }).toEqual({ fits: true, faults: 'No errors' });
    }
  });

  it.each(['PlainEvent', 'BinaryCloudEvent', 'StructuredCloudEvent'])('has an example of %s that the router reads', (name) => {
    const { headers = {}, payload } = example(name);
    const record: ReceivedRecord = {
      ...{ topic: 'users', partition: 0, offset: '1', timestamp: 0, key: null },
      headers,
      value: Buffer.from(JSON.stringify(payload)),
    };
    const { type, data, accountId } = readDomainEvent(record);
    expect({ type, data: JSON.parse(data.toString()) as unknown, accountId }).toEqual({ ...parts.sample, accountId: 'default' });
  });

  it('describes the public topics as they are made, and keeps quiet about those between the services', () => {
    const addresses = Object.values(document.channels).map(({ address }) => address);
    const shown = ['attempts', 'dead-letters', 'endpoint-health', 'outcomes', 'unmatched-events', 'webhook-events'].map(
      (name) => `hookstream.${name}`,
    );
    expect(addresses.sort()).toEqual([...shown, '{topic}']);
    expect(document.channels['webhookEvents']!.bindings.kafka).toMatchObject({
      partitions: parts.layout.partitions,
      topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'max.message.bytes': Topics.webhookEvents.maxMessageBytes },
    });
  });

  it('has the messages that docs/asyncapi.yaml has', () => {
    const written = parse(readFileSync(join(ROOT, 'docs/asyncapi.yaml'), 'utf8')) as Document;
    expect(Object.keys(written.components.messages)).toEqual(Object.keys(document.components.messages));
  });
});
