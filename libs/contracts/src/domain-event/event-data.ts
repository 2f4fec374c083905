import { isUtf8 } from 'node:buffer';
import { ContractViolation } from '../contract-violation.js';
import { checkJson } from '../json-scan.js';
import { isJson, mediaType } from './media-type.js';

/**
 * Whether data of this content type has to be JSON; a missing content type says that it has.
 * @throws ContractViolation `CONTENT_TYPE_UNSUPPORTED` when the text is no content type: it is handed on to receivers as a header
 */
export function holdsJson(contentType: string | undefined): boolean {
  if (contentType === undefined) return true;
  const type = mediaType(contentType);
  if (type === undefined) throw new ContractViolation('CONTENT_TYPE_UNSUPPORTED', 'the content type of the data is none');
  return isJson(type);
}

/** Checks that data is what its content type says: JSON, or else any text in UTF-8. */
export function checkData(data: Buffer, contentType: string | undefined): void {
  if (holdsJson(contentType)) checkJson(data);
  else if (!isUtf8(data)) throw new ContractViolation('UTF8_INVALID', 'the data is not UTF-8');
}
