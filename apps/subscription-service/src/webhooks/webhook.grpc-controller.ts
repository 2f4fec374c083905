import { Payload } from '@nestjs/microservices';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController, timestampOf, wordOf } from '../grpc/index.js';
import { PageDto, versionsOf } from '../http/index.js';
import { HEALTH_STATES } from '../webhook-standing/index.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { ListWebhooksDto } from './list-webhooks.dto.js';
import { RotateSecretDto } from './rotate-secret.dto.js';
import { fullRequest, partialRequest, rotation } from './webhook-body.js';
import { decodeVersionCursor } from './webhook-history.js';
import { inputBody, statusWord } from './webhook-input.message.js';
import { patchBody } from './webhook-patch.message.js';
import { CreateWebhookDto, UpdateWebhookDto } from './webhook.dto.js';
import { changeMessage, webhookAnswer, webhookMessage } from './webhook.message.js';
import { WebhookPresenter } from './webhook-presenter.js';
import { WebhookService } from './webhook.service.js';

@RpcController()
@rpc.WebhookServiceControllerMethods()
export class WebhookGrpcController implements rpc.WebhookServiceController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly present: WebhookPresenter,
  ) {}

  @RequiresScope('webhooks:write')
  async createWebhook(@Payload() request: rpc.CreateWebhookRequest, @Caller() caller: Principal): Promise<rpc.CreateWebhookResponse> {
    const body = await checked(CreateWebhookDto, inputBody(request.webhook ?? {}));
    const { webhook, shown } = await this.webhooks.create(caller, fullRequest(body));
    return webhookAnswer(await this.present.one(webhook, shown));
  }

  @RequiresScope('webhooks:read')
  async listWebhooks(@Payload() request: rpc.ListWebhooksRequest, @Caller() caller: Principal): Promise<rpc.ListWebhooksResponse> {
    const words = { status: statusWord(request.status), health: wordOf('HEALTH_STATE_', HEALTH_STATES, request.health) };
    const { cursor, health, ...asked } = await checked(ListWebhooksDto, { ...request, ...words });
    const selection = await this.present.withHealth(caller.accountId, health);
    const page = await this.webhooks.list(caller, { ...asked, selection, after: decodeCursor(cursor) });
    const webhooks = (await this.present.many(caller.accountId, page.webhooks)).map(webhookMessage);
    return { webhooks, nextCursor: encodeCursor(page.next) ?? undefined };
  }

  @RequiresScope('webhooks:read')
  async getWebhook(@Payload() request: rpc.GetWebhookRequest, @Caller() caller: Principal): Promise<rpc.GetWebhookResponse> {
    return { webhook: webhookMessage(await this.present.one(await this.webhooks.get(caller, request.id ?? ''))) };
  }

  @RequiresScope('webhooks:write')
  async replaceWebhook(@Payload() request: rpc.ReplaceWebhookRequest, @Caller() caller: Principal): Promise<rpc.ReplaceWebhookResponse> {
    const body = await checked(CreateWebhookDto, inputBody(request.webhook ?? {}));
    const { webhook, shown } = await this.webhooks.replace(caller, request.id ?? '', fullRequest(body), versionsOf(request.ifMatch));
    return webhookAnswer(await this.present.one(webhook, shown));
  }

  @RequiresScope('webhooks:write')
  async updateWebhook(@Payload() request: rpc.UpdateWebhookRequest, @Caller() caller: Principal): Promise<rpc.UpdateWebhookResponse> {
    const body = await checked(UpdateWebhookDto, patchBody(request));
    const { webhook, shown } = await this.webhooks.update(caller, request.id ?? '', partialRequest(body), versionsOf(request.ifMatch));
    return webhookAnswer(await this.present.one(webhook, shown));
  }

  @RequiresScope('webhooks:write')
  async deleteWebhook(@Payload() request: rpc.DeleteWebhookRequest, @Caller() caller: Principal): Promise<rpc.DeleteWebhookResponse> {
    await this.webhooks.delete(caller, request.id ?? '', versionsOf(request.ifMatch));
    return {};
  }

  @RequiresScope('webhooks:write')
  async enableWebhook(@Payload() request: rpc.EnableWebhookRequest, @Caller() caller: Principal): Promise<rpc.EnableWebhookResponse> {
    const webhook = await this.webhooks.setStatus(caller, request.id ?? '', 'enabled', versionsOf(request.ifMatch));
    return { webhook: webhookMessage(await this.present.one(webhook)) };
  }

  @RequiresScope('webhooks:write')
  async disableWebhook(@Payload() request: rpc.DisableWebhookRequest, @Caller() caller: Principal): Promise<rpc.DisableWebhookResponse> {
    const webhook = await this.webhooks.setStatus(caller, request.id ?? '', 'disabled', versionsOf(request.ifMatch));
    return { webhook: webhookMessage(await this.present.one(webhook)) };
  }

  @RequiresScope('webhooks:write')
  async rotateSecret(@Payload() request: rpc.RotateSecretRequest, @Caller() caller: Principal): Promise<rpc.RotateSecretResponse> {
    const { id = '', ifMatch, ...asked } = request;
    const body = await checked(RotateSecretDto, asked);
    const { shown, previousValidUntil } = await this.webhooks.rotateSecret(caller, id, rotation(body), versionsOf(ifMatch));
    return { shownSecret: shown, previousValidUntil: previousValidUntil === null ? undefined : timestampOf(previousValidUntil) };
  }

  @RequiresScope('webhooks:write')
  async revokePreviousSecret(
    @Payload() request: rpc.RevokePreviousSecretRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.RevokePreviousSecretResponse> {
    const webhook = await this.webhooks.revokePreviousSecret(caller, request.id ?? '', versionsOf(request.ifMatch));
    return { webhook: webhookMessage(await this.present.one(webhook)) };
  }

  @RequiresScope('webhooks:read')
  async listWebhookChanges(
    @Payload() request: rpc.ListWebhookChangesRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.ListWebhookChangesResponse> {
    const { id = '', ...asked } = request;
    const { cursor, limit } = await checked(PageDto, asked);
    const { data, nextCursor } = await this.webhooks.changes(caller, id, { before: decodeVersionCursor(cursor), limit });
    return { changes: data.map(changeMessage), nextCursor: nextCursor ?? undefined };
  }
}
