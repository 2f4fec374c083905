import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { type ArgumentsHost, Catch, Logger, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';
import { AppError } from '#libs/kernel';
import { rpcErrorOf, traceIdOf } from '../grpc/index.js';
import { answerHeaders } from './answer-headers.js';

/** The gRPC door: any error becomes a status with details; nothing of a stack trace leaves. */
@Catch()
export class RpcErrorFilter implements RpcExceptionFilter {
  private readonly logger = new Logger(RpcErrorFilter.name);

  catch(cause: unknown, host: ArgumentsHost): Observable<never> {
    const error = cause instanceof AppError ? cause : new AppError('INTERNAL', 'unexpected error', { cause });
    const metadata = host.switchToRpc().getContext<Metadata>();
    const traceId = traceIdOf(metadata);
    if (error.kind === 'bug') {
      const rpc = host.getArgByIndex<ServerUnaryCall<unknown, unknown>>(2).getPath();
      this.logger.error({ err: cause, traceId, rpc }, 'request.failed');
    }
    const status = rpcErrorOf(error, traceId);
    status.metadata.merge(answerHeaders(metadata));
    return throwError(() => status);
  }
}
