import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import type { MethodDefinition, ServiceDefinition } from '@grpc/proto-loader';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable, tap } from 'rxjs';
import { AppError } from '#libs/kernel';
import { callOf, principalOf } from '../auth/index.js';
import { apiDefinition } from '../grpc/index.js';
import type { Idempotency } from '../idempotency/index.js';
import type { ServiceOutbox } from '../outbox/index.js';
import { answerHeaders } from './answer-headers.js';
import { isMalformed, MALFORMED } from './malformed-message.js';
import './grpc.errors.js';

type Call = ServerUnaryCall<object, object>;

/**
 * Refuses messages that could not be decoded, and makes every RPC with an `idempotency-key` happen once, unless its proto says
 * that it changes nothing or may be repeated as it is: what is a POST over HTTP.
 */
export class RpcCallInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly outbox: Pick<ServiceOutbox, 'wake'>,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const [message, metadata, call] = context.getArgs<[object, Metadata, Call]>();
    if (isMalformed(message)) {
      throw new AppError('GRPC_MESSAGE_MALFORMED', 'the message is not one of this RPC', { cause: message[MALFORMED] });
    }
    const key = metadata.get('idempotency-key')[0];
    const principal = principalOf(callOf(context));
    const method = methodOf(call.getPath());
    if (key === undefined || !principal || String(method.options.idempotency_level) !== 'IDEMPOTENCY_UNKNOWN') {
      return next.handle().pipe(tap(() => call.sendMetadata(answerHeaders(metadata))));
    }
    const request = { key: String(key), operation: `gRPC ${call.getPath()}`, fingerprint: method.requestSerialize(message) };
    const run = (): Promise<unknown> => lastValueFrom(next.handle());
    const once = this.idempotency.once(principal, request, run).then(({ answer, replayed }) => {
      if (replayed) answerHeaders(metadata).set('idempotent-replayed', 'true');
      // Who filled the outbox told it to publish before the commit.
      else this.outbox.wake();
      call.sendMetadata(answerHeaders(metadata));
      return answer;
    });
    return from(once);
  }
}

/** @param path such as `/hookstream.v1.WebhookService/CreateWebhook` */
function methodOf(path: string): MethodDefinition<object, object> {
  const [, service, method] = path.split('/');
  return (apiDefinition()[service!] as ServiceDefinition)[method!]!;
}
