import { Logger } from '@nestjs/common';
import { AppError, type Clock, isId, newId } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import { decide, type WebhookCommand } from './decide.js';
import type { NewAuth, SecretMaker, ShownSecret } from './secret-maker.js';
import type { FullWebhookRequest, WebhookRequest } from './webhook-request.js';
import type { Webhook } from './webhook.js';
import type { WebhookRules } from './webhook.rules.js';
import type { SealedValue, WebhookQuery, WebhookStore } from './webhook.store.js';
import './webhook.errors.js';

/** A webhook, with its secret when the call made a new one. */
export interface WebhookResult {
  readonly webhook: Webhook;
  readonly shown?: ShownSecret | undefined;
}

interface Decision {
  readonly command: WebhookCommand;
  readonly sealed?: readonly (SealedValue | undefined)[];
  readonly shown?: ShownSecret | undefined;
}

/** How often a command is decided anew because another one on the same webhook came first. */
const MAX_TRIES = 5;

/** The commands and questions about webhooks, the same for every protocol. */
export class WebhookService {
  private readonly logger = new Logger(WebhookService.name);

  constructor(
    private readonly store: WebhookStore,
    private readonly rules: WebhookRules,
    private readonly secrets: SecretMaker,
    private readonly clock: Clock,
  ) {}

  /** Signs unless `signing` is false. @throws AppError `VALIDATION_FAILED`, `WEBHOOK_NAME_TAKEN` */
  async create(principal: Principal, asked: FullWebhookRequest): Promise<WebhookResult> {
    const { settings, auth, signing, secret, status = 'enabled' } = await this.rules.check(asked);
    const { accountId } = principal;
    const id = newId('wh', this.clock.now());
    const newAuth = this.secrets.auth(accountId, id, auth ?? { type: 'NONE' });
    const newSecret = signing === false ? undefined : this.secrets.signingSecret(accountId, id, secret);
    const command: WebhookCommand = { kind: 'create', accountId, settings, auth: newAuth.auth, secret: newSecret?.ref ?? null, status };
    const webhook = await this.commit(principal, id, undefined, { command, sealed: [newAuth.sealed, newSecret?.sealed] });
    return { webhook: webhook!, shown: newSecret?.shown };
  }

  /** Changes what is named; `signing: true` makes a new secret. */
  async update(principal: Principal, id: string, asked: WebhookRequest): Promise<WebhookResult> {
    const request = await this.rules.check(asked);
    return this.change(principal, id, request, () => request.signing === true || request.secret !== undefined);
  }

  /**
   * Sets everything but credentials and secret, which cannot be read back and so are left alone when absent: the same
   * request again changes nothing.
   */
  async replace(principal: Principal, id: string, asked: FullWebhookRequest): Promise<WebhookResult> {
    const request = await this.rules.check(asked);
    const wanted = { status: 'enabled' as const, ...request };
    return this.change(principal, id, wanted, (webhook) => request.secret !== undefined || (request.signing !== false && !webhook.signing));
  }

  async setStatus(principal: Principal, id: string, status: Webhook['status']): Promise<Webhook> {
    const { webhook } = await this.change(principal, id, { settings: {}, status }, () => false);
    return webhook;
  }

  async delete(principal: Principal, id: string): Promise<void> {
    await this.execute(principal, id, () => ({ command: { kind: 'delete' } }));
  }

  /** @throws AppError `WEBHOOK_NOT_FOUND` */
  async get(principal: Principal, id: string): Promise<Webhook> {
    return found(isId('wh', id) ? await this.store.find(principal.accountId, id) : undefined);
  }

  /** Newest first. `next` is the id after which the next page begins, or null. */
  async list(principal: Principal, query: WebhookQuery): Promise<{ webhooks: Webhook[]; next: string | null }> {
    const rows = await this.store.list(principal.accountId, { ...query, limit: query.limit + 1 });
    const webhooks = rows.slice(0, query.limit);
    return { webhooks, next: rows.length > query.limit ? webhooks.at(-1)!.id : null };
  }

  private async change(
    principal: Principal,
    id: string,
    request: WebhookRequest,
    needsSecret: (webhook: Webhook) => boolean,
  ): Promise<WebhookResult> {
    const { settings, status } = request;
    const signing = request.signing === false ? false : undefined;
    return this.execute(principal, id, (webhook) => {
      const newAuth: NewAuth | undefined = request.auth && this.secrets.auth(principal.accountId, id, request.auth);
      const newSecret = needsSecret(webhook) ? this.secrets.signingSecret(principal.accountId, id, request.secret) : undefined;
      const command: WebhookCommand = { kind: 'change', settings, auth: newAuth?.auth, signing, secret: newSecret?.ref, status };
      return { command, sealed: [newAuth?.sealed, newSecret?.sealed], shown: newSecret?.shown };
    }) as Promise<WebhookResult>;
  }

  /** Decides on the webhook as it is, and anew when it was changed meanwhile. */
  private async execute(
    principal: Principal,
    id: string,
    decision: (webhook: Webhook) => Decision,
  ): Promise<{ webhook: Webhook | undefined; shown?: ShownSecret | undefined }> {
    for (let tries = 1; ; tries++) {
      const before = found(isId('wh', id) ? await this.store.load(principal.accountId, id) : undefined);
      const decided = decision(before);
      try {
        return { webhook: await this.commit(principal, id, before, decided), shown: decided.shown };
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'CONCURRENT_CHANGE') || tries === MAX_TRIES) throw error;
      }
    }
  }

  private async commit(
    principal: Principal,
    webhookId: string,
    before: Webhook | undefined,
    decision: Decision,
  ): Promise<Webhook | undefined> {
    const events = decide(before, decision.command);
    if (events.length === 0) return before;
    const sealed = (decision.sealed ?? []).filter((value) => value !== undefined);
    const occurredAt = new Date(this.clock.now()).toISOString();
    const after = await this.store.commit({ webhookId, before, events, sealed, actor: principal.actor, occurredAt });
    const changes = events.map((event) => event.type);
    this.logger.log({ msg: 'webhook.changed', accountId: principal.accountId, webhookId, actor: principal.actor, changes });
    return after;
  }
}

function found(webhook: Webhook | undefined): Webhook {
  if (!webhook) throw new AppError('WEBHOOK_NOT_FOUND', 'there is no webhook with this id');
  return webhook;
}
