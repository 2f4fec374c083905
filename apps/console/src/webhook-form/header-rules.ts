/** A webhook may carry so many headers of its own. */
export const MAX_HEADERS = 20;
const MAX_HEADER_BYTES = 4096;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?$/;
const RESERVED = new RegExp(
  '^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|via|user-agent|accept-encoding|http2-settings' +
    '|cookie|forwarded|traceparent|proxy-.*|content-.*|x-forwarded-.*|webhook-.*|x-hookstream-.*|metadata.*)$',
);

export type HeaderFault = 'header.name' | 'header.reserved' | 'header.value' | 'header.length' | 'header.duplicate';

/** The rule of the API that a header's name breaks, as the server will tell it, but while the name is being written. */
export function headerNameFault(name: string, others: readonly string[] = []): HeaderFault | undefined {
  if (!TOKEN.test(name)) return 'header.name';
  if (RESERVED.test(name.toLowerCase().replaceAll('_', '-'))) return 'header.reserved';
  return others.some((other) => other.toLowerCase() === name.toLowerCase()) ? 'header.duplicate' : undefined;
}

export function headerValueFault(name: string, value: string): HeaderFault | undefined {
  if (!VALUE.test(value)) return 'header.value';
  return name.length + value.length > MAX_HEADER_BYTES ? 'header.length' : undefined;
}
