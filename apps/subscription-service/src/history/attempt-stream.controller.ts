import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { WebhookService } from '../webhooks/index.js';
import { EventStream } from './event-stream.js';
import { LiveAttempts, type News } from './live-attempts.js';
import { StreamAttemptsDto } from './stream.dto.js';

const GAP = { event: 'gap', data: '{}' };
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

@Controller('v1/attempts')
@RequiresScope('deliveries:read')
export class AttemptStreamController {
  constructor(
    private readonly live: LiveAttempts,
    private readonly webhooks: WebhookService,
  ) {}

  @Get('stream')
  async stream(
    @Caller() caller: Principal,
    @Query() { webhookId, lastEventId }: StreamAttemptsDto,
    @Headers('last-event-id') resumeAt: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (webhookId !== undefined) await this.webhooks.get(caller, webhookId);
    const early: News[] = [];
    let told = (news: News): void => void early.push(news);
    let isOver = false;
    let ended = (): void => void (isOver = true);
    const watcher = { told: (news: News) => told(news), ended: () => ended() };
    // What may be refused comes first: once the stream is open there is no status to refuse it with.
    const stop = await this.live.watch({ accountId: caller.accountId, webhookId }, watcher, resumeAt ?? lastEventId);
    reply.hijack();
    reply.raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...HEADERS });
    const stream = new EventStream(reply.raw, GAP);
    ended = () => stream.end();
    told = (news) => stream.send('gap' in news ? GAP : { event: 'attempt', id: news.attempt.id, data: JSON.stringify(news.attempt) });
    reply.raw.once('close', stop);
    if (reply.raw.destroyed) stop();
    for (const news of early) told(news);
    // Its time was over, or the service stopped, before there was a stream to end.
    if (isOver) stream.end();
  }
}
