import type { Refusal } from './vet-address.js';

/** A webhook may carry at most so many headers of its own. */
export const MAX_CUSTOM_HEADERS = 20;
/** Name and value together, in bytes. */
export const MAX_HEADER_BYTES = 4096;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// Printable ASCII; what lies beyond has no agreed meaning in a header. White space at the ends would be lost on the way.
const VALUE = /^(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?$/;
/**
 * Belong to the connection, to the body, to us, or make proxies and metadata services believe something: what rule 5 of the
 * egress guard lists, `http2-settings`, which belongs to `upgrade`, and the two others that each request carries itself.
 */
const FORBIDDEN = new RegExp(
  `^(?:${[
    'host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|via|user-agent|accept-encoding|http2-settings',
    'cookie|forwarded|traceparent',
    'proxy-.*|content-.*|x-forwarded-.*|webhook-.*|x-hookstream-.*',
    'metadata.*',
  ].join('|')})$`,
);

/** Whether a webhook may send this header of its own; the same for custom headers and for the headers of its auth. */
export function checkHeader(name: string, value: string): { readonly ok: true } | Refusal {
  if (!TOKEN.test(name)) return refuse('egress.header-name', "a header name consists of letters, digits and -_.!#$%&'*+^`|~");
  // Many servers take `_` for `-`: to them x_forwarded_for is the header that a webhook must not set.
  if (FORBIDDEN.test(name.toLowerCase().replaceAll('_', '-')))
    return refuse('egress.header-forbidden', `${name.toLowerCase()} cannot be set by a webhook`);
  if (!VALUE.test(value)) return refuse('egress.header-value', `the value of ${name} must be printable ASCII without spaces at its ends`);
  if (name.length + value.length > MAX_HEADER_BYTES)
    return refuse('egress.header-length', `${name} is longer than ${MAX_HEADER_BYTES} bytes`);
  return { ok: true };
}

function refuse(rule: string, message: string): Refusal {
  return { ok: false, rule, message };
}
