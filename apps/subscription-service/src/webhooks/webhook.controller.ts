import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { Secret } from '#libs/kernel';
import { Caller, type Principal } from '../auth/index.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { FullWebhookRequest, WebhookRequest } from './webhook-request.js';
import { CreateWebhookDto, ListWebhooksDto, UpdateWebhookDto } from './webhook.dto.js';
import { DEFAULT_TIMEOUT_MS } from './webhook.js';
import { WebhookService } from './webhook.service.js';
import { webhookView } from './webhook.view.js';

@Controller('v1/webhooks')
export class WebhookController {
  constructor(private readonly webhooks: WebhookService) {}

  @Post()
  async create(@Caller() caller: Principal, @Body() body: CreateWebhookDto) {
    const { webhook, shown } = await this.webhooks.create(caller, fullRequest(body));
    return webhookView(webhook, shown);
  }

  @Get()
  async list(@Caller() caller: Principal, @Query() query: ListWebhooksDto) {
    const { channelId, status, limit, cursor } = query;
    const page = await this.webhooks.list(caller, { channelId, status, limit, after: decodeCursor(cursor) });
    return { data: page.webhooks.map((webhook) => webhookView(webhook)), nextCursor: encodeCursor(page.next) };
  }

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    return webhookView(await this.webhooks.get(caller, id));
  }

  @Patch(':id')
  async update(@Caller() caller: Principal, @Param('id') id: string, @Body() body: UpdateWebhookDto) {
    const { webhook, shown } = await this.webhooks.update(caller, id, partialRequest(body));
    return webhookView(webhook, shown);
  }

  @Put(':id')
  async replace(@Caller() caller: Principal, @Param('id') id: string, @Body() body: CreateWebhookDto) {
    const { webhook, shown } = await this.webhooks.replace(caller, id, fullRequest(body));
    return webhookView(webhook, shown);
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    await this.webhooks.delete(caller, id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  async enable(@Caller() caller: Principal, @Param('id') id: string) {
    return webhookView(await this.webhooks.setStatus(caller, id, 'enabled'));
  }

  @Post(':id/disable')
  @HttpCode(200)
  async disable(@Caller() caller: Principal, @Param('id') id: string) {
    return webhookView(await this.webhooks.setStatus(caller, id, 'disabled'));
  }
}

function partialRequest(body: UpdateWebhookDto | CreateWebhookDto): WebhookRequest {
  const { auth, signing, secret, status, ...settings } = body;
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
      headers: settings.headers ?? {},
      payloadFormat: settings.payloadFormat ?? 'DEFAULT',
      timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      notificationType: settings.notificationType ?? 'REST',
    },
  };
}
