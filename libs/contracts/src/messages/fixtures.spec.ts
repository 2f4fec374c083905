import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  ContractViolation,
  DELIVERY_ATTEMPTED,
  DELIVERY_COMMANDS,
  DELIVERY_REQUESTED,
  DELIVERY_RESULTS,
  ENDPOINT_HEALTH_CHANGED,
  EVENT_TYPE_STATE,
  EVENT_UNMATCHED,
  RETRY_SCHEDULED,
  WEBHOOK_CHANGES,
  WEBHOOK_STATE,
  decodeAttempted,
  decodeDeliveryCommand,
  decodeDeliveryRequested,
  decodeEndpointHealth,
  decodeEventTypeState,
  decodeEventUnmatched,
  decodeOutcome,
  decodeRetryScheduled,
  decodeWebhookEvent,
  decodeWebhookState,
  encodeAttempted,
  deliveryCommandType,
  encodeDeliveryCommand,
  encodeDeliveryRequested,
  encodeEndpointHealth,
  encodeEventTypeState,
  encodeEventUnmatched,
  encodeOutcome,
  encodeRetryScheduled,
  encodeWebhookEvent,
  encodeWebhookState,
  headerText,
  outcomeType,
  webhookEventType,
  type RecordHeaders,
  type WireRecord,
} from '#libs/contracts';

// Their value is the data of an event, which is nobody's JSON to read.
const PUBLISHERS_BYTES = [DELIVERY_REQUESTED, EVENT_UNMATCHED, RETRY_SCHEDULED];

const FOLDER = new URL('../../fixtures/', import.meta.url);

interface Fixture {
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly value: string;
}

type Codec = (record: { headers: RecordHeaders; value: Buffer }) => WireRecord;

const SOURCE = 'hookstream/fixture';
const outcome: Codec = (record) => encodeOutcome(decodeOutcome(record), SOURCE);
const command: Codec = (record) => encodeDeliveryCommand(decodeDeliveryCommand(record), headerText(record.headers, 'ce_id')!, SOURCE);
const change: Codec = (record) => encodeWebhookEvent(decodeWebhookEvent(record), SOURCE);

/** Every message version that is readable, by its CloudEvents type. */
const CODECS: Record<string, Codec> = {
  [DELIVERY_REQUESTED]: (record) => encodeDeliveryRequested(decodeDeliveryRequested(record), SOURCE),
  [RETRY_SCHEDULED]: (record) => encodeRetryScheduled(decodeRetryScheduled(record), SOURCE),
  [ENDPOINT_HEALTH_CHANGED]: (record) => encodeEndpointHealth(decodeEndpointHealth(record), SOURCE),
  [EVENT_UNMATCHED]: (record) => encodeEventUnmatched(decodeEventUnmatched(record), SOURCE),
  [EVENT_TYPE_STATE]: (record) => encodeEventTypeState(decodeEventTypeState(record), SOURCE),
  ...Object.fromEntries(DELIVERY_COMMANDS.map((name) => [deliveryCommandType(name), command])),
  [DELIVERY_ATTEMPTED]: (record) => encodeAttempted(decodeAttempted(record), SOURCE),
  [WEBHOOK_STATE]: (record) => encodeWebhookState(decodeWebhookState(record), SOURCE),
  ...Object.fromEntries(DELIVERY_RESULTS.map((result) => [outcomeType(result), outcome])),
  ...Object.fromEntries(WEBHOOK_CHANGES.map((name) => [webhookEventType(name), change])),
};

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const read = (file: string): Fixture => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Fixture;
const record = (fixture: Fixture) => ({ headers: fixture.headers, value: Buffer.from(fixture.value) });

describe('golden fixtures of the messages', () => {
  it('exist for every message version, and only for those', () => {
    // A version to which an optional member came has one from before, which stays as it was, and one with it.
    expect([...new Set(files.map((file) => read(file).headers['ce_type']))].sort()).toEqual(Object.keys(CODECS).sort());
  });

  it.each(files)('%s is read and written again to the same bytes', (file) => {
    const fixture = read(file);
    const written = CODECS[fixture.headers['ce_type']!]!(record(fixture));
    expect({ key: written.key, headers: written.headers, value: written.value?.toString('utf8') }).toEqual(fixture);
  });

  it.each(files)('%s is refused when an attribute is missing', (file) => {
    const fixture = read(file);
    for (const name of ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time']) {
      const { [name]: _, ...headers } = fixture.headers;
      expect(() => CODECS[fixture.headers['ce_type']!]!(record({ ...fixture, headers }))).toThrow(ContractViolation);
    }
  });

  it.each(files)('%s reads the same when an optional member is added', (file) => {
    const fixture = read(file);
    if (PUBLISHERS_BYTES.includes(fixture.headers['ce_type']!)) return;
    const value = JSON.stringify({ ...(JSON.parse(fixture.value) as object), addedLater: true });
    expect(() => CODECS[fixture.headers['ce_type']!]!(record({ ...fixture, value }))).not.toThrow();
  });

  it.each(files)('%s is refused when its value is cut short', (file) => {
    const fixture = read(file);
    if (PUBLISHERS_BYTES.includes(fixture.headers['ce_type']!)) return;
    expect(() => CODECS[fixture.headers['ce_type']!]!(record({ ...fixture, value: fixture.value.slice(0, -1) }))).toThrow(
      ContractViolation,
    );
  });
});

describe('record headers', () => {
  it('count the last value of a repeated name', () => {
    expect(headerText({ a: [Buffer.from('x'), 'y'] }, 'a')).toBe('y');
    expect(headerText({ a: Buffer.from('é') }, 'a')).toBe('é');
    expect(headerText({}, 'a')).toBeUndefined();
  });
});
