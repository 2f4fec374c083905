import { ContractViolation } from '../contract-violation.js';
import { checkData, holdsJson } from './event-data.js';
import type { RawEvent } from './event-fields.js';
import { JsonMembers } from './json-members.js';

/** Reads a CloudEvent in the JSON event format. @param traceparent of the record's headers, where the event has none of its own */
export function readStructured(value: Buffer, traceparent: string | undefined): RawEvent {
  const members = new JsonMembers(value);
  if (members.text('specversion', 'CE_VERSION_UNSUPPORTED') !== '1.0')
    throw new ContractViolation('CE_VERSION_UNSUPPORTED', 'specversion must be 1.0');
  const dataContentType = members.text('datacontenttype', 'CONTENT_TYPE_UNSUPPORTED');
  return {
    id: required('id', members.text('id', 'EVENT_ID_INVALID')),
    source: required('source', members.text('source', 'EVENT_SOURCE_INVALID')),
    type: members.text('type', 'EVENT_TYPE_INVALID'),
    time: members.text('time', 'EVENT_TIME_INVALID'),
    accountId: members.extension('accountId'),
    channelId: members.extension('channelId'),
    context: members.json('context'),
    dataContentType,
    traceparent: members.text('traceparent') ?? traceparent,
    data: readData(members, dataContentType),
  };
}

function readData(members: JsonMembers, contentType: string | undefined): Buffer {
  const data = members.find('data');
  const base64 = members.text('data_base64');
  if (base64 !== undefined) {
    if (data !== undefined) throw new ContractViolation('EVENT_MEMBER_INVALID', 'data and data_base64 exclude each other');
    return decodeBase64(base64, contentType);
  }
  if (data === undefined) throw new ContractViolation('EVENT_DATA_MISSING', 'the event has no data');
  // By the JSON event format a string is the data itself when the content type is not JSON's, as in "<order/>" for XML.
  if (holdsJson(contentType) || data.kind !== 'string') return members.slice(data);
  return Buffer.from(members.textOf(data, 'data', 'UTF8_INVALID'));
}

function decodeBase64(text: string, contentType: string | undefined): Buffer {
  const data = Buffer.from(text, 'base64');
  if (data.toString('base64') !== text) throw new ContractViolation('EVENT_MEMBER_INVALID', 'data_base64 is not base64');
  if (data.length === 0) throw new ContractViolation('EVENT_DATA_MISSING', 'the event has no data');
  checkData(data, contentType);
  return data;
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw new ContractViolation('CE_ATTRIBUTE_MISSING', `${name} is missing`);
  return value;
}
