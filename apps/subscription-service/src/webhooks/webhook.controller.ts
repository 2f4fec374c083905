import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { Secret } from '#libs/kernel';
import { Caller, type Principal } from '../auth/index.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { ListWebhooksDto } from './list-webhooks.dto.js';
import { mergeRetryPolicy } from './retry-policy.js';
import { versionsOf } from './version-tag.js';
import { VersionTagInterceptor } from './version-tag.interceptor.js';
import type { FullWebhookRequest, WebhookRequest } from './webhook-request.js';
import { CreateWebhookDto, UpdateWebhookDto } from './webhook.dto.js';
import { DEFAULT_MAX_IN_FLIGHT, DEFAULT_TIMEOUT_MS } from './webhook.js';
import { WebhookService } from './webhook.service.js';
import { webhookView } from './webhook.view.js';

const IF_MATCH = 'if-match';

@Controller('v1/webhooks')
@UseInterceptors(VersionTagInterceptor)
export class WebhookController {
  constructor(private readonly webhooks: WebhookService) {}

  @Post()
  async create(@Caller() caller: Principal, @Body() body: CreateWebhookDto) {
    const { webhook, shown } = await this.webhooks.create(caller, fullRequest(body));
    return webhookView(webhook, shown);
  }

  @Get()
  async list(@Caller() caller: Principal, @Query() query: ListWebhooksDto) {
    const { cursor, ...asked } = query;
    const page = await this.webhooks.list(caller, { ...asked, after: decodeCursor(cursor) });
    return { data: page.webhooks.map((webhook) => webhookView(webhook)), nextCursor: encodeCursor(page.next) };
  }

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    return webhookView(await this.webhooks.get(caller, id));
  }

  @Patch(':id')
  async update(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string, @Body() body: UpdateWebhookDto) {
    const { webhook, shown } = await this.webhooks.update(caller, id, partialRequest(body), versionsOf(ifMatch));
    return webhookView(webhook, shown);
  }

  @Put(':id')
  async replace(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string, @Body() body: CreateWebhookDto) {
    const { webhook, shown } = await this.webhooks.replace(caller, id, fullRequest(body), versionsOf(ifMatch));
    return webhookView(webhook, shown);
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string): Promise<void> {
    await this.webhooks.delete(caller, id, versionsOf(ifMatch));
  }

  @Post(':id/enable')
  @HttpCode(200)
  async enable(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string) {
    return webhookView(await this.webhooks.setStatus(caller, id, 'enabled', versionsOf(ifMatch)));
  }

  @Post(':id/disable')
  @HttpCode(200)
  async disable(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string) {
    return webhookView(await this.webhooks.setStatus(caller, id, 'disabled', versionsOf(ifMatch)));
  }
}

function partialRequest(body: UpdateWebhookDto | CreateWebhookDto): WebhookRequest {
  const { auth, signing, secret, status, rateLimit, ...rest } = body;
  // Made plain: what is stored is compared with it, and an instance of a class is not equal to what comes out of JSON.
  const settings = { ...rest, rateLimit: rateLimit && { perSecond: rateLimit.perSecond } };
  return { settings, auth, signing, secret: secret === undefined ? undefined : new Secret(secret), status };
}

function fullRequest(body: CreateWebhookDto): FullWebhookRequest {
  const { settings, ...rest } = partialRequest(body);
  return {
    ...rest,
    settings: {
      name: body.name,
      url: body.url,
      method: settings.method ?? 'POST',
      channelId: settings.channelId ?? null,
      events: body.events,
      headers: body.headers ?? {},
      payloadFormat: settings.payloadFormat ?? 'DEFAULT',
      timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      notificationType: settings.notificationType ?? 'REST',
      retryPolicy: mergeRetryPolicy(null, settings.retryPolicy ?? null),
      maxInFlight: settings.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT,
      rateLimit: settings.rateLimit ?? null,
      metadata: body.metadata ?? {},
    },
  };
}
