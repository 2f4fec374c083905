import { GrpcMethod, Payload } from '@nestjs/microservices';
import { map, Observable } from 'rxjs';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { AnswerStream, asTaken, checked, NewsQueue, RpcController, type RpcStream } from '../grpc/index.js';
import { WebhookService } from '../webhooks/index.js';
import { attemptFilterOf, ListAttemptsDto } from './attempt-filter.dto.js';
import { filterQuery } from './attempt-filter.message.js';
import { AttemptService } from './attempt.service.js';
import { attemptDetailMessage, attemptMessage } from './history.message.js';
import { LiveAttempts, type News } from './live-attempts.js';
import { StreamAttemptsDto } from './stream.dto.js';

const SERVICE = 'DeliveryService';

type Rpcs = 'listAttempts' | 'getAttempt' | 'exportAttempts' | 'watchAttempts';

@RpcController()
@RequiresScope('deliveries:read')
export class AttemptGrpcController implements Pick<rpc.DeliveryServiceController, Rpcs> {
  constructor(
    private readonly attempts: AttemptService,
    private readonly live: LiveAttempts,
    private readonly webhooks: WebhookService,
  ) {}

  @GrpcMethod(SERVICE, 'ListAttempts')
  async listAttempts(@Payload() request: rpc.ListAttemptsRequest, @Caller() caller: Principal): Promise<rpc.ListAttemptsResponse> {
    const { webhookId, filter, limit, cursor } = request;
    const query = await checked(ListAttemptsDto, { ...filterQuery(filter), limit, cursor });
    const { data, nextCursor } = await this.attempts.list(caller, webhookId ?? '', query);
    return { attempts: data.map(attemptMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod(SERVICE, 'GetAttempt')
  async getAttempt(@Payload() request: rpc.GetAttemptRequest, @Caller() caller: Principal): Promise<rpc.GetAttemptResponse> {
    return { attempt: attemptDetailMessage(await this.attempts.get(caller, request.id ?? '')) };
  }

  @GrpcMethod(SERVICE, 'ExportAttempts')
  exportAttempts(
    @Payload() { webhookId, filter }: rpc.ExportAttemptsRequest,
    @Caller() caller: Principal,
    @AnswerStream() stream: RpcStream,
  ): Observable<rpc.ExportAttemptsResponse> {
    const portions = asTaken(stream, async () => {
      const query = await checked(ListAttemptsDto, filterQuery(filter));
      return this.attempts.export(caller, webhookId ?? '', attemptFilterOf(query));
    });
    return portions.pipe(map((attempts) => ({ attempts: attempts.map(attemptMessage) })));
  }

  @GrpcMethod(SERVICE, 'WatchAttempts')
  watchAttempts(
    @Payload() request: rpc.WatchAttemptsRequest,
    @Caller() caller: Principal,
    @AnswerStream() stream: RpcStream,
  ): Observable<rpc.WatchAttemptsResponse> {
    return new Observable((subscriber) => {
      const queue = new NewsQueue<News>(stream, (news) => subscriber.next(newsMessage(news)), { gap: true });
      const watcher = { told: (news: News) => queue.add(news), ended: () => subscriber.complete() };
      let stop = (): void => undefined;
      this.begin(request, caller, watcher).then(
        (end) => (subscriber.closed ? end() : (stop = end)),
        (error: unknown) => subscriber.error(error),
      );
      return () => {
        queue.close();
        stop();
      };
    });
  }

  private async begin(
    { webhookId, lastAttemptId }: rpc.WatchAttemptsRequest,
    caller: Principal,
    watcher: Parameters<LiveAttempts['watch']>[1],
  ): Promise<() => void> {
    const asked = await checked(StreamAttemptsDto, { webhookId, lastEventId: lastAttemptId });
    if (asked.webhookId !== undefined) await this.webhooks.get(caller, asked.webhookId);
    return this.live.watch({ accountId: caller.accountId, webhookId: asked.webhookId }, watcher, asked.lastEventId);
  }
}

function newsMessage(news: News): rpc.WatchAttemptsResponse {
  return 'gap' in news ? { gap: true } : { attempt: attemptMessage(news.attempt) };
}
