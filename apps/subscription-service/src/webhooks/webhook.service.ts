import { Logger } from '@nestjs/common';
import type { Catalog } from '#libs/catalog';
import { AppError, type Clock, isId, newId } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import type { HealthSelection } from '../webhook-standing/index.js';
import { decide, type WebhookCommand } from './decide.js';
import { mergeSettings, type SettingsPatch } from './merge-settings.js';
import type { NewAuth, SecretMaker, ShownSecret } from './secret-maker.js';
import { entriesCovering, entriesTouching } from './subscription-filter.js';
import { historyOf, type HistoryQuery } from './webhook-history.js';
import type { FullWebhookRequest, Rotation, WebhookRequest } from './webhook-request.js';
import type { Webhook, WebhookSettings } from './webhook.js';
import type { WebhookRules } from './webhook.rules.js';
import type { SealedValue, WebhookStore } from './webhook.store.js';
import './webhook.errors.js';

/** A webhook, with its secret when the call made a new one. */
export interface WebhookResult {
  readonly webhook: ListedWebhook;
  readonly shown?: ShownSecret | undefined;
}

/** A webhook with what the catalog says of it now. */
export type ListedWebhook = Webhook & {
  /** Entries of `events` that the catalog has lost; absent when there are none. */
  readonly unknownEvents?: readonly string[];
};

/** The new secret, shown this once. */
export interface RotatedSecret {
  readonly shown: ShownSecret;
  /** RFC 3339; `null`: the secret before has ended. */
  readonly previousValidUntil: string | null;
  /** Of the webhook since. */
  readonly version: number;
}

/** Which webhooks a caller asks for. */
export interface ListRequest {
  readonly channelId?: string | undefined;
  readonly status?: Webhook['status'] | undefined;
  /** Webhooks of a health. */
  readonly selection?: HealthSelection | undefined;
  /** A type or any other entry of `events`: webhooks that get everything it stands for. */
  readonly event?: string | undefined;
  /** Webhooks that get any event of this module. */
  readonly module?: string | undefined;
  /** Part of the name or the URL, in any case. */
  readonly q?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The versions to which a change may be made; undefined: to any. Another one is refused with `WEBHOOK_STALE`. */
export type Versions = readonly number[] | undefined;

interface Change {
  readonly settings: (webhook: Webhook) => Partial<WebhookSettings>;
  readonly needsSecret: (webhook: Webhook) => boolean;
}

interface Decision {
  readonly command: WebhookCommand;
  readonly sealed?: readonly (SealedValue | undefined)[];
  readonly shown?: ShownSecret | undefined;
}

/** How often a command is decided anew because another one on the same webhook came first. */
const MAX_TRIES = 5;

const DELETED_AT_ONCE = 100;

/** The commands and questions about webhooks, the same for every protocol. */
export class WebhookService {
  private readonly logger = new Logger(WebhookService.name);

  constructor(
    private readonly store: WebhookStore,
    private readonly rules: WebhookRules,
    private readonly secrets: SecretMaker,
    private readonly catalog: Pick<Catalog, 'eventTypes' | 'expand' | 'modules'>,
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
    return { webhook: this.listed(webhook!), shown: newSecret?.shown };
  }

  /** Changes what is named; `signing: true` makes a new secret. */
  async update(principal: Principal, id: string, asked: WebhookRequest, versions?: Versions): Promise<WebhookResult> {
    const request = await this.rules.check(asked, () => this.eventsOf(principal, id));
    return this.change(principal, id, versions, request, {
      settings: (webhook) => this.merged(webhook, request.settings),
      needsSecret: () => request.signing === true || request.secret !== undefined,
    });
  }

  /**
   * Sets everything but credentials and secret, which cannot be read back and so are left alone when absent: the same
   * request again changes nothing.
   */
  async replace(principal: Principal, id: string, asked: FullWebhookRequest, versions?: Versions): Promise<WebhookResult> {
    const request = await this.rules.check(asked, () => this.eventsOf(principal, id));
    const { status = 'enabled' } = request;
    return this.change(
      principal,
      id,
      versions,
      { ...request, status },
      {
        settings: () => request.settings,
        needsSecret: (webhook) => request.secret !== undefined || (request.signing !== false && !webhook.signing),
      },
    );
  }

  async setStatus(principal: Principal, id: string, status: Webhook['status'], versions?: Versions): Promise<Webhook> {
    const nothing: Change = { settings: () => ({}), needsSecret: () => false };
    const { webhook } = await this.change(principal, id, versions, { status }, nothing);
    return webhook;
  }

  /**
   * Replaces the signing secret; the one before signs as well until the overlap is over. One that was replaced before that
   * ends at once.
   * @throws AppError `WEBHOOK_NOT_SIGNED`, `VALIDATION_FAILED`
   */
  async rotateSecret(principal: Principal, id: string, asked: Rotation, versions?: Versions): Promise<RotatedSecret> {
    await this.rules.check({ settings: {}, secret: asked.secret });
    const overlapMs = asked.overlapSeconds * 1000;
    const previousValidUntil = overlapMs === 0 ? null : new Date(this.clock.now() + overlapMs).toISOString();
    const { webhook, shown } = await this.execute(principal, id, versions, () => {
      const secret = this.secrets.signingSecret(principal.accountId, id, asked.secret);
      return { command: { kind: 'rotate', secret: secret.ref, previousValidUntil }, sealed: [secret.sealed], shown: secret.shown };
    });
    return { shown: shown!, previousValidUntil, version: webhook!.version };
  }

  /** Ends the overlap of a rotation at once; changes nothing when there is none. */
  async revokePreviousSecret(principal: Principal, id: string, versions?: Versions): Promise<ListedWebhook> {
    const { webhook } = await this.execute(principal, id, versions, () => ({ command: { kind: 'end-previous-secret' } }));
    return this.listed(webhook!);
  }

  /** Destroys the secret of an overlap that is over now. One that was rotated in again meanwhile stays. */
  async endPreviousSecret(principal: Principal, id: string): Promise<void> {
    const by = new Date(this.clock.now()).toISOString();
    await this.execute(principal, id, undefined, () => ({ command: { kind: 'end-previous-secret', by } }));
  }

  /** What happened to a webhook, newest first. @throws AppError `WEBHOOK_NOT_FOUND` */
  async changes(principal: Principal, id: string, query: HistoryQuery) {
    const events = isId('wh', id) ? await this.store.history(principal.accountId, id) : [];
    if (events.length === 0) throw notFound();
    return historyOf(events, query);
  }

  /**
   * Deletes every webhook of an account, each as a caller would. May be stopped and called again.
   * @returns how many it deleted
   */
  async deleteAllOf(accountId: string, actor: string, signal?: AbortSignal): Promise<number> {
    const principal: Principal = { accountId, actor, keyId: null, scopes: new Set() };
    let deleted = 0;
    for (;;) {
      const webhooks = await this.store.list(accountId, { limit: DELETED_AT_ONCE });
      for (const { id } of webhooks) {
        if (signal?.aborted) return deleted;
        await this.delete(principal, id).catch(ignoreNotFound);
        deleted++;
      }
      if (webhooks.length < DELETED_AT_ONCE) return deleted;
    }
  }

  async delete(principal: Principal, id: string, versions?: Versions): Promise<void> {
    await this.execute(principal, id, versions, () => ({ command: { kind: 'delete' } }));
  }

  /** @throws AppError `WEBHOOK_NOT_FOUND` */
  async get(principal: Principal, id: string): Promise<ListedWebhook> {
    return this.listed(found(isId('wh', id) ? await this.store.find(principal.accountId, id) : undefined));
  }

  /** Newest first. `next` is the id after which the next page begins, or null. */
  async list(principal: Principal, asked: ListRequest): Promise<{ webhooks: ListedWebhook[]; next: string | null }> {
    const { event, module, q: search, limit, ...same } = asked;
    const entries = [
      ...(event === undefined ? [] : [entriesCovering(this.catalog, event)]),
      ...(module === undefined ? [] : [entriesTouching(this.catalog, module)]),
    ];
    const rows = await this.store.list(principal.accountId, { ...same, entries, search, limit: limit + 1 });
    const webhooks = rows.slice(0, limit).map((webhook) => this.listed(webhook));
    return { webhooks, next: rows.length > limit ? webhooks.at(-1)!.id : null };
  }

  private listed(webhook: Webhook): ListedWebhook {
    const unknownEvents = webhook.events.filter((event) => !this.catalog.expand(event));
    return unknownEvents.length > 0 ? { ...webhook, unknownEvents } : webhook;
  }

  private async eventsOf(principal: Principal, id: string): Promise<readonly string[]> {
    return (isId('wh', id) ? await this.store.find(principal.accountId, id) : undefined)?.events ?? [];
  }

  private merged(webhook: Webhook, patch: SettingsPatch): Partial<WebhookSettings> {
    const settings = mergeSettings(webhook, patch);
    this.rules.checkMerged(settings);
    return settings;
  }

  private async change(
    principal: Principal,
    id: string,
    versions: Versions,
    request: Omit<WebhookRequest, 'settings'>,
    change: Change,
  ): Promise<WebhookResult> {
    const { status } = request;
    const signing = request.signing === false ? false : undefined;
    return this.execute(principal, id, versions, (webhook) => {
      const settings = change.settings(webhook);
      const newAuth: NewAuth | undefined = request.auth && this.secrets.auth(principal.accountId, id, request.auth);
      const newSecret = change.needsSecret(webhook) ? this.secrets.signingSecret(principal.accountId, id, request.secret) : undefined;
      const command: WebhookCommand = { kind: 'change', settings, auth: newAuth?.auth, signing, secret: newSecret?.ref, status };
      return { command, sealed: [newAuth?.sealed, newSecret?.sealed], shown: newSecret?.shown };
    }) as Promise<WebhookResult>;
  }

  /** Decides on the webhook as it is, and anew when it was changed meanwhile. */
  private async execute(
    principal: Principal,
    id: string,
    versions: Versions,
    decision: (webhook: Webhook) => Decision,
  ): Promise<{ webhook: Webhook | undefined; shown?: ShownSecret | undefined }> {
    for (let tries = 1; ; tries++) {
      const before = found(isId('wh', id) ? await this.store.load(principal.accountId, id) : undefined);
      if (versions && !versions.includes(before.version)) {
        throw new AppError('WEBHOOK_STALE', `the webhook is at version ${before.version}: read it again`);
      }
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
  if (!webhook) throw notFound();
  return webhook;
}

function notFound(): AppError {
  return new AppError('WEBHOOK_NOT_FOUND', 'there is no webhook with this id');
}

/** Somebody else was faster. */
function ignoreNotFound(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'WEBHOOK_NOT_FOUND')) throw error;
}
