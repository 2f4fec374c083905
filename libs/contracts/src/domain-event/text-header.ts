import { isUtf8 } from 'node:buffer';
import { ContractViolation } from '../contract-violation.js';
import type { RecordHeaders } from '../wire-record.js';

/**
 * A header of a record that somebody else wrote, as text; undefined when absent or without a value. Of a repeated
 * header the last value counts. The text is taken as it stands: the Kafka binding of CloudEvents has no percent-encoding.
 * @throws ContractViolation `UTF8_INVALID`
 */
export function header(headers: RecordHeaders, name: string): string | undefined {
  const found = headers[name] as unknown; // Kafka knows header values that are null, our type for records does not
  const value = (Array.isArray(found) ? found.at(-1) : found) as Buffer | string | null | undefined;
  if (value === null || value === undefined || typeof value === 'string') return value ?? undefined;
  if (!isUtf8(value)) throw new ContractViolation('UTF8_INVALID', `the header ${name} is not UTF-8`);
  return value.toString('utf8');
}
