import { randomBytes } from 'node:crypto';
import { Metadata, type StatusObject } from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';
import type { AppError } from '#libs/kernel';
import { apiDefinition } from './api-definition.js';
import { statusCodeOf } from './status-code.js';

/** Domain of `google.rpc.ErrorInfo`. */
const DOMAIN = 'hookstream';
const DETAILS = 'grpc-status-details-bin';
const DEFAULT_RETRY_AFTER_SECONDS = 1;
/** Some peers take 8 KiB of trailers, in which these are a third longer, and lose an answer over that with its code. */
const MAX_DETAIL_BYTES = 4 * 1024;

/** An error as it travels over gRPC: status, text, and the details of `google.rpc.Status`. What a `bug` says stays in the log. */
export function rpcErrorOf(error: AppError, traceId: string): StatusObject {
  const code = statusCodeOf(error);
  const message = error.kind === 'bug' ? 'Something went wrong on our side.' : error.message;
  const retryAfter = error.retryAfterSeconds ?? (error.kind === 'unavailable' ? DEFAULT_RETRY_AFTER_SECONDS : undefined);
  const details = [
    detail('ErrorInfo', { reason: error.code, domain: DOMAIN, metadata: { title: error.title, ...positionOf(error) } }),
    detail('RequestInfo', { requestId: traceId }),
    ...(retryAfter === undefined ? [] : [detail('RetryInfo', { retryDelay: { seconds: retryAfter } })]),
    ...violations(error),
  ];
  const metadata = new Metadata();
  metadata.set(DETAILS, typeNamed('google.rpc.Status').serialize({ code, message, details }));
  return { code, details: message, metadata };
}

/** The trace id that the caller sent in `traceparent`, else a new one. */
export function traceIdOf(metadata: Metadata): string {
  const header = metadata.get('traceparent')[0];
  const match = typeof header === 'string' ? /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(header) : null;
  return match?.[1] ?? randomBytes(16).toString('hex');
}

function violations(error: AppError): object[] {
  const fieldViolations = [];
  let room = MAX_DETAIL_BYTES;
  for (const { field, rule, message } of error.fields) {
    room -= Buffer.byteLength(field) + Buffer.byteLength(rule) + Buffer.byteLength(message) + 8;
    if (room < 0) break;
    fieldViolations.push({ field, reason: rule, description: message });
  }
  return fieldViolations.length > 0 ? [detail('BadRequest', { fieldViolations })] : [];
}

/** Where in a text, such as a filter, the fault is: `BadRequest` has no place for it. */
function positionOf(error: AppError): Record<string, string> {
  const position = error.fields.find((fault) => fault.position)?.position;
  return position ? { line: String(position.line), column: String(position.column) } : {};
}

function detail(type: string, message: object): object {
  const name = `google.rpc.${type}`;
  return { type_url: `type.googleapis.com/${name}`, value: typeNamed(name).serialize(message) };
}

function typeNamed(name: string): MessageTypeDefinition<object, object> {
  return apiDefinition()[name] as MessageTypeDefinition<object, object>;
}
