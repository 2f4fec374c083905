import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Put, Query, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { PageDto, VersionTagInterceptor, versionsOf, versionTag } from '../http/index.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { ListWebhooksDto } from './list-webhooks.dto.js';
import { fullRequest, partialRequest, rotation } from './webhook-body.js';
import { RotateSecretDto } from './rotate-secret.dto.js';
import { decodeVersionCursor } from './webhook-history.js';
import { CreateWebhookDto, UpdateWebhookDto } from './webhook.dto.js';
import { WebhookPresenter } from './webhook-presenter.js';
import { WebhookService } from './webhook.service.js';

const IF_MATCH = 'if-match';

@Controller('v1/webhooks')
@UseInterceptors(VersionTagInterceptor)
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly present: WebhookPresenter,
  ) {}

  @Post()
  @RequiresScope('webhooks:write')
  async create(@Caller() caller: Principal, @Body() body: CreateWebhookDto) {
    const { webhook, shown } = await this.webhooks.create(caller, fullRequest(body));
    return this.present.one(webhook, shown);
  }

  @Get()
  @RequiresScope('webhooks:read')
  async list(@Caller() caller: Principal, @Query() query: ListWebhooksDto) {
    const { cursor, health, ...asked } = query;
    const selection = await this.present.withHealth(caller.accountId, health);
    const page = await this.webhooks.list(caller, { ...asked, selection, after: decodeCursor(cursor) });
    return { data: await this.present.many(caller.accountId, page.webhooks), nextCursor: encodeCursor(page.next) };
  }

  @Get(':id')
  @RequiresScope('webhooks:read')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    return this.present.one(await this.webhooks.get(caller, id));
  }

  @Patch(':id')
  @RequiresScope('webhooks:write')
  async update(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string, @Body() body: UpdateWebhookDto) {
    const { webhook, shown } = await this.webhooks.update(caller, id, partialRequest(body), versionsOf(ifMatch));
    return this.present.one(webhook, shown);
  }

  @Put(':id')
  @RequiresScope('webhooks:write')
  async replace(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string, @Body() body: CreateWebhookDto) {
    const { webhook, shown } = await this.webhooks.replace(caller, id, fullRequest(body), versionsOf(ifMatch));
    return this.present.one(webhook, shown);
  }

  @Delete(':id')
  @RequiresScope('webhooks:write')
  @HttpCode(204)
  async delete(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string): Promise<void> {
    await this.webhooks.delete(caller, id, versionsOf(ifMatch));
  }

  @Post(':id/enable')
  @RequiresScope('webhooks:write')
  @HttpCode(200)
  async enable(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string) {
    return this.present.one(await this.webhooks.setStatus(caller, id, 'enabled', versionsOf(ifMatch)));
  }

  @Post(':id/disable')
  @RequiresScope('webhooks:write')
  @HttpCode(200)
  async disable(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string) {
    return this.present.one(await this.webhooks.setStatus(caller, id, 'disabled', versionsOf(ifMatch)));
  }

  @Post(':id/rotate-secret')
  @RequiresScope('webhooks:write')
  @HttpCode(200)
  async rotateSecret(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Headers(IF_MATCH) ifMatch: string,
    @Body() body: RotateSecretDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { shown, previousValidUntil, version } = await this.webhooks.rotateSecret(caller, id, rotation(body), versionsOf(ifMatch));
    void reply.header('etag', versionTag(version));
    return { ...shown, previousValidUntil };
  }

  @Post(':id/revoke-previous-secret')
  @RequiresScope('webhooks:write')
  @HttpCode(200)
  async revokePreviousSecret(@Caller() caller: Principal, @Param('id') id: string, @Headers(IF_MATCH) ifMatch: string) {
    return this.present.one(await this.webhooks.revokePreviousSecret(caller, id, versionsOf(ifMatch)));
  }

  @Get(':id/changes')
  @RequiresScope('webhooks:read')
  async changes(@Caller() caller: Principal, @Param('id') id: string, @Query() { cursor, limit }: PageDto) {
    return this.webhooks.changes(caller, id, { before: decodeVersionCursor(cursor), limit });
  }
}
