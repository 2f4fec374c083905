import { Metadata, status } from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import { apiDefinition } from './api-definition.js';
import { rpcErrorOf, traceIdOf } from './rpc-error.js';

type Details = Record<string, Record<string, unknown>>;

function decoded(error: AppError): { code: number; message: string; details: Details; bytes: number } {
  const { metadata } = rpcErrorOf(error, 't-1');
  const bytes = metadata.get('grpc-status-details-bin')[0] as Buffer;
  const read = (name: string, from: Buffer): object =>
    (apiDefinition()[`google.rpc.${name}`] as MessageTypeDefinition<object, object>).deserialize(from);
  const { code, message, details } = read('Status', bytes) as {
    code: number;
    message: string;
    details: { type_url: string; value: Buffer }[];
  };
  const entries = details.map(({ type_url, value }) => {
    const name = type_url.replace('type.googleapis.com/google.rpc.', '');
    return [name, read(name, value)];
  });
  return { code, message, details: Object.fromEntries(entries) as Details, bytes: bytes.length };
}

describe('an error over gRPC', () => {
  it('carries its code, its faults with the rules of HTTP, and the id of the call', () => {
    const fault = { field: 'auth.token', rule: 'egress.header-value', message: 'no' };
    const { code, message, details } = decoded(validationFailed([fault]));
    expect([code, message]).toEqual([status.INVALID_ARGUMENT, '1 field is invalid']);
    expect(details).toEqual({
      ErrorInfo: { reason: 'VALIDATION_FAILED', domain: 'hookstream', metadata: { title: 'Validation failed' } },
      RequestInfo: { requestId: 't-1' },
      BadRequest: { fieldViolations: [{ field: 'auth.token', reason: 'egress.header-value', description: 'no' }] },
    });
  });

  it('says when to try again', () => {
    expect(decoded(new AppError('SERVICE_UNAVAILABLE', 'down', { retryAfterSeconds: 7 })).details.RetryInfo).toEqual({
      retryDelay: { seconds: 7 },
    });
    expect(decoded(new AppError('SERVICE_UNAVAILABLE', 'down')).details.RetryInfo).toEqual({ retryDelay: { seconds: 1 } });
  });

  it('tells nothing of a fault of ours', () => {
    expect(JSON.stringify(decoded(new AppError('INTERNAL', 'select * from secrets')))).not.toContain('secrets');
  });

  it('stays below what a peer takes as trailers, however many fields are faulty', () => {
    const faults = Array.from({ length: 5_000 }, (_, i) => ({ field: `events[${i}]`, rule: 'unknown', message: 'x'.repeat(200) }));
    expect(decoded(validationFailed(faults)).bytes).toBeLessThan(5_000);
  });

  it('has the trace id of the caller, or one of its own', () => {
    const metadata = new Metadata();
    expect(traceIdOf(metadata)).toMatch(/^[0-9a-f]{32}$/);
    metadata.set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    expect(traceIdOf(metadata)).toBe('0af7651916cd43dd8448eb211c80319c');
  });
});
