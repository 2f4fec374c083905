import { ContractViolation } from './contract-violation.js';
import { headerText, type ReceivedRecord, type RecordHeaders, type WireRecord } from './wire-record.js';

/** CloudEvents 1.0 attributes that every record of ours carries, in Kafka binary content mode. */
export interface CloudEventAttributes {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** RFC 3339. */
  readonly time: string;
  /** The webhook id. */
  readonly subject?: string | undefined;
  readonly dataContentType?: string | undefined;
  readonly accountId?: string | undefined;
  readonly channelId?: string | undefined;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
}

/** The attributes as record headers; only those that are set. */
export function cloudEventHeaders(attributes: CloudEventAttributes): Record<string, string> {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: attributes.id,
    ce_source: attributes.source,
    ce_type: attributes.type,
    ce_time: attributes.time,
  };
  if (attributes.subject !== undefined) headers['ce_subject'] = attributes.subject;
  if (attributes.accountId !== undefined) headers['ce_accountid'] = attributes.accountId;
  if (attributes.channelId !== undefined) headers['ce_channelid'] = attributes.channelId;
  if (attributes.dataContentType !== undefined) headers['content-type'] = attributes.dataContentType;
  if (attributes.traceparent !== undefined) headers['traceparent'] = attributes.traceparent;
  return headers;
}

/**
 * Reads the attributes of a binary-mode record.
 * @throws ContractViolation `CE_ATTRIBUTE_MISSING` or `CE_VERSION_UNSUPPORTED`
 */
export function readCloudEventHeaders(headers: RecordHeaders): CloudEventAttributes {
  const version = headerText(headers, 'ce_specversion');
  if (version !== '1.0') throw new ContractViolation('CE_VERSION_UNSUPPORTED', `ce_specversion must be 1.0, is ${version ?? 'absent'}`);
  return {
    id: requiredHeader(headers, 'ce_id'),
    source: requiredHeader(headers, 'ce_source'),
    type: requiredHeader(headers, 'ce_type'),
    time: requiredHeader(headers, 'ce_time'),
    subject: headerText(headers, 'ce_subject'),
    accountId: headerText(headers, 'ce_accountid'),
    channelId: headerText(headers, 'ce_channelid'),
    dataContentType: headerText(headers, 'content-type'),
    traceparent: headerText(headers, 'traceparent'),
  };
}

/** A header that must be there and not be empty. @throws ContractViolation `CE_ATTRIBUTE_MISSING` */
export function requiredHeader(headers: RecordHeaders, name: string): string {
  const value = headerText(headers, name);
  if (!value) throw new ContractViolation('CE_ATTRIBUTE_MISSING', `${name} is missing`);
  return value;
}

/** A JSON message of ours as a record, keyed by the webhook it is about. */
export function jsonRecord(attributes: CloudEventAttributes & { readonly subject: string }, data: unknown): WireRecord {
  return {
    key: attributes.subject,
    value: Buffer.from(JSON.stringify(data), 'utf8'),
    headers: cloudEventHeaders({ ...attributes, dataContentType: 'application/json' }),
  };
}

/**
 * Checks that a record is a message of the given type and parses its JSON value.
 * @throws ContractViolation `CE_TYPE_UNEXPECTED`, `JSON_INVALID` or what `readCloudEventHeaders` throws
 */
export function readJsonRecord(
  record: Pick<ReceivedRecord, 'headers' | 'value'>,
  types: readonly string[],
): { attributes: CloudEventAttributes; data: unknown } {
  const attributes = readCloudEventHeaders(record.headers);
  if (!types.includes(attributes.type))
    throw new ContractViolation('CE_TYPE_UNEXPECTED', `ce_type ${attributes.type} is not expected here`);
  try {
    return { attributes, data: JSON.parse(record.value?.toString('utf8') ?? '') };
  } catch {
    throw new ContractViolation('JSON_INVALID', `the value of ${attributes.type} is not JSON`);
  }
}
