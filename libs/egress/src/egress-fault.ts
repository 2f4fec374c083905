import { ResolveError } from './address-resolver.js';
import type { FailureClass } from './egress-result.js';

/** A failure with its class, from where it is known to where the result is made. */
export class EgressFault extends Error {
  constructor(
    readonly failureClass: FailureClass,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EgressFault';
  }

  /** Whether name servers answered that the name, or an address of it, does not exist, as opposed to not having answered. */
  get nameMissing(): boolean {
    return this.cause instanceof ResolveError && this.cause.reason === 'not-found';
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate chain ends in an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate chain is incomplete',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
};

/**
 * A failure while a connection is made.
 * @param phase how far it had come
 * @param certificateEnd of the receiver's own certificate, in milliseconds since the epoch, if it has shown one
 */
export function connectFault(phase: 'dns' | 'connect' | 'tls', cause: unknown, certificateEnd?: number): EgressFault {
  if (cause instanceof EgressFault) return cause;
  // With several addresses Node reports an AggregateError; the first of its errors stands for all.
  const error = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const code = codeOf(error) ?? codeOf(cause) ?? 'unknown';
  const label = phase === 'tls' ? 'TLS handshake failed' : phase === 'dns' ? 'name not resolved' : 'no connection';
  const words = code === 'CERT_HAS_EXPIRED' ? expiredWords(certificateEnd) : undefined;
  return new EgressFault(phase, `${label}: ${words ?? WORDS[code] ?? code}`, { cause });
}

/** Undefined when it is another certificate of the chain that has expired. */
function expiredWords(end = NaN): string | undefined {
  return end <= Date.now() ? `the certificate expired on ${new Date(end).toISOString().slice(0, 10)}` : undefined;
}

const CLOSED = 'the receiver closed the connection';

/** A failure on a connection that stood. */
export function exchangeFault(cause: Error): EgressFault {
  if (cause instanceof EgressFault) return cause;
  const code = codeOf(cause) ?? '';
  if (isDisconnect(cause)) return new EgressFault('reset', CLOSED, { cause });
  if (/^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET)/.test(code)) return new EgressFault('reset', WORDS[code] ?? code, { cause });
  if (/^(?:ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return new EgressFault('tls', `TLS failed: ${WORDS[code] ?? code}`, { cause });
  if (isHeadersOverflow(cause)) {
    return new EgressFault('protocol', 'the headers of the response are larger than 16 KiB', { cause });
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new EgressFault('protocol', 'the length of the response is not what its content-length says', { cause });
  }
  if (code === 'UND_ERR_INVALID_ARG') return new EgressFault('protocol', `the request cannot be sent: ${cause.message}`, { cause });
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return new EgressFault('reset', 'the client was closed', { cause });
  return new EgressFault('protocol', 'the response is not HTTP/1.1', { cause });
}

/** Whether the other side ended the connection, as opposed to having said something wrong on it. */
export function isDisconnect(cause: Error): boolean {
  const code = codeOf(cause);
  if (code === 'ECONNRESET' || code === 'EPIPE') return true;
  return code === 'UND_ERR_SOCKET' && (cause.message === 'other side closed' || cause.message === 'closed');
}

/** Whether headers, or the trailers after a body, were larger than they may be. */
export function isHeadersOverflow(cause: Error): boolean {
  return codeOf(cause) === 'UND_ERR_HEADERS_OVERFLOW';
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
