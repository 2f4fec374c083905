import { ContractViolation } from '../contract-violation.js';
import { checkJson } from '../json-scan.js';
import { DEFAULT_ACCOUNT, type DomainEvent } from '../messages/domain-event.js';
import { MAX_EVENT_BYTES } from '../topics.js';
import type { ReceivedRecord, RecordHeaders } from '../wire-record.js';
import { checkData } from './event-data.js';
import { checkFields, checkMember } from './event-fields.js';
import { JsonMembers } from './json-members.js';
import { mediaType } from './media-type.js';
import { readStructured } from './structured-event.js';
import { header } from './text-header.js';

/**
 * Reads a record of a domain topic in any of the three shapes of the contract, §3: structured CloudEvents when the
 * content type begins with `application/cloudevents` (as the CloudEvents binding for Kafka tells them apart), binary
 * CloudEvents when there is a `ce_specversion`, else plain JSON. `data` and `context` are the very bytes published.
 * @throws ContractViolation, and nothing else, with the code that becomes the dead letter's reason
 */
export function readDomainEvent(record: ReceivedRecord): DomainEvent {
  const { value, headers } = record;
  if (value === null || value.length === 0) throw new ContractViolation('EVENT_VALUE_MISSING', 'the record has no value');
  if (value.length > MAX_EVENT_BYTES) throw tooLarge();
  const contentType = header(headers, 'content-type') ?? header(headers, 'Content-Type');
  const traceparent = header(headers, 'traceparent') ?? header(headers, 'ce_traceparent');
  if (contentType !== undefined && /^application\/cloudevents/i.test(contentType)) {
    if (mediaType(contentType) !== 'application/cloudevents+json') {
      throw new ContractViolation(
        'CONTENT_TYPE_UNSUPPORTED',
        'of the structured formats only application/cloudevents+json is read, one event a record',
      );
    }
    return checkFields(readStructured(value, traceparent), record);
  }
  if (headers['ce_specversion'] !== undefined) return readBinary(record, value, contentType, traceparent);
  return readPlain(record, value, traceparent);
}

function readBinary(
  record: ReceivedRecord,
  value: Buffer,
  contentTypeHeader: string | undefined,
  traceparent: string | undefined,
): DomainEvent {
  const { headers } = record;
  const version = header(headers, 'ce_specversion');
  if (version !== '1.0') throw new ContractViolation('CE_VERSION_UNSUPPORTED', 'ce_specversion must be 1.0');
  const dataContentType = contentTypeHeader ?? header(headers, 'ce_datacontenttype');
  const context = header(headers, 'ce_context');
  if (context !== undefined) {
    // The context travels on beside the data, so that the two share one limit, as they do in the other shapes.
    if (value.length + Buffer.byteLength(context) > MAX_EVENT_BYTES) throw tooLarge();
    checkJson(Buffer.from(context));
  }
  checkData(value, dataContentType);
  return checkFields(
    {
      id: requiredAttribute(headers, 'ce_id'),
      source: requiredAttribute(headers, 'ce_source'),
      type: header(headers, 'ce_type'),
      time: header(headers, 'ce_time'),
      accountId: header(headers, 'ce_accountid'),
      channelId: header(headers, 'ce_channelid'),
      context: context === 'null' ? undefined : context,
      dataContentType,
      traceparent,
      data: value,
    },
    record,
  );
}

function readPlain(record: ReceivedRecord, value: Buffer, traceparent: string | undefined): DomainEvent {
  const members = new JsonMembers(value);
  const accountId = members.extension('accountId');
  const data = members.find('data');
  const type = members.text('type', 'EVENT_TYPE_INVALID');
  if (type === undefined) throw new ContractViolation('EVENT_TYPE_MISSING', 'the event has no type');
  if (data === undefined) throw new ContractViolation('EVENT_DATA_MISSING', 'the event has no data');
  return checkFields(
    {
      id: members.text('id', 'EVENT_ID_INVALID') ?? `${record.topic}-${record.partition}-${record.offset}`,
      source: members.text('source', 'EVENT_SOURCE_INVALID') ?? plainSource(record.topic, accountId),
      type,
      time: members.text('time', 'EVENT_TIME_INVALID'),
      accountId,
      channelId: members.extension('channelId'),
      context: members.json('context'),
      dataContentType: undefined,
      traceparent,
      data: members.slice(data),
    },
    record,
  );
}

/**
 * The source of a plain event that names none. It holds the account, for an id such as an order's number is one
 * account's own: two accounts that use the same one have not published the same event.
 */
function plainSource(topic: string, accountId: string | undefined): string {
  return `/accounts/${encodeURIComponent(checkMember('accountId', accountId ?? DEFAULT_ACCOUNT))}/topics/${encodeURIComponent(topic)}`;
}

function requiredAttribute(headers: RecordHeaders, name: string): string {
  const value = header(headers, name);
  if (value === undefined) throw new ContractViolation('CE_ATTRIBUTE_MISSING', `${name} is missing`);
  return value;
}

function tooLarge(): ContractViolation {
  return new ContractViolation('EVENT_TOO_LARGE', `the event has more than ${MAX_EVENT_BYTES} bytes`);
}
