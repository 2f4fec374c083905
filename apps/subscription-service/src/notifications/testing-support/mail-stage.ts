import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Clock, Secret } from '#libs/kernel';
import { createDataSource, migrate, type Transaction, UnitOfWork } from '#libs/persistence';
import { parseMasterKeys } from '#libs/secrets';
import { createDatabase, type TestDatabase } from '#libs/testing';
import { databaseOptions } from '../../database-options.js';
import type { StoredNews } from '../../projector/index.js';
import { MailPgStore, type OutboxBounds } from '../mail.pg-store.js';
import { MailSender } from '../mail-sender.js';
import type { MailServer } from '../mail-server.js';
import { NotificationListener } from '../notification.listener.js';
import { NotificationService } from '../notification.service.js';
import { notificationsDatabaseOptions } from '../notifications-database.js';
import { OwnerDirectoryPgStore } from '../owner-directory.pg-store.js';
import { SmtpMailServer } from '../smtp-mail-server.js';
import { StandingPgStore } from '../standing.pg-store.js';
import { UnsubscribeLinks } from '../unsubscribe-links.js';
import { UnsubscriptionPgStore } from '../unsubscription.pg-store.js';

export class HandClock extends Clock {
  private time = Date.parse('2026-11-21T10:00:00Z');
  override now(): number {
    return this.time;
  }

  pass(minutes: number): void {
    this.time += minutes * 60_000;
  }
}

interface Owner {
  readonly ownerEmail?: string | null;
  readonly enabled?: boolean;
  readonly kinds?: readonly string[];
  readonly digestMinutes?: number | null;
  readonly webhookName?: string;
  readonly notifyEmails?: readonly string[];
}

type Source = ReturnType<typeof createDataSource>;

/** Notifications over a database of their own, with a clock that a test moves. */
export class MailStage {
  readonly clock = new HandClock();
  readonly keys = parseMasterKeys(`test:${randomBytes(32).toString('base64')}`);
  readonly links = new UnsubscribeLinks(this.keys, 'https://hooks.example');
  private readonly standings = new StandingPgStore();
  private readonly listener = new NotificationListener(this.standings, this.clock);

  private constructor(
    readonly database: TestDatabase,
    readonly client: Client,
    private readonly source: Source,
    readonly unitOfWork: UnitOfWork,
  ) {}

  static async open(): Promise<MailStage> {
    const database = await createDatabase();
    const url = new Secret(database.url);
    await migrate(databaseOptions(url));
    const options = notificationsDatabaseOptions(url, 'test');
    await migrate(options);
    const source = await createDataSource(options).initialize();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    return new MailStage(database, client, source, new UnitOfWork(source));
  }

  get unsubscriptions(): UnsubscriptionPgStore {
    return new UnsubscriptionPgStore(this.unitOfWork);
  }

  /** Settings of the account `default`, and its webhook `wh_1`. */
  async owner(owner: Owner = {}): Promise<void> {
    const {
      ownerEmail = 'owner@example.com',
      enabled = true,
      digestMinutes = null,
      kinds,
      webhookName = 'Billing',
      notifyEmails = [],
    } = owner;
    await this.client.query(
      `update subscription.accounts set owner_email = $1, notifications_enabled = $2, notification_digest_minutes = $3,
         notification_kinds = coalesce($4, notification_kinds) where id = 'default'`,
      [ownerEmail, enabled, digestMinutes, kinds ?? null],
    );
    await this.client.query(
      `insert into subscription.webhooks (id, account_id, version, name, url, method, events, headers, auth, payload_format, signing,
         secrets, status, notification_type, timeout_ms, created_at, updated_at, notify_emails)
       values ('wh_1', 'default', 1, $1, 'https://shop.example:8443/hooks?token=t0ken', 'POST', '{*}', '{}', '{}', 'DEFAULT', false, '[]',
         'enabled', 'REST', 15000, now(), now(), $2) on conflict (id) do update set name = excluded.name, notify_emails = excluded.notify_emails`,
      [webhookName, notifyEmails],
    );
  }

  /** What the projector does with a batch. */
  async stored(news: Partial<StoredNews>): Promise<void> {
    await this.unitOfWork.run((transaction) => this.storedIn(transaction, news));
  }

  storedIn(transaction: Transaction, news: Partial<StoredNews>): Promise<void> {
    return this.listener.stored(transaction, { attempts: [], outcomes: [], health: [], ...news });
  }

  /** Decides all that is due, as often as there is something. */
  async decide(bounds?: OutboxBounds): Promise<void> {
    const mails = new MailPgStore(this.unitOfWork, bounds);
    const stores = { standings: this.standings, owners: new OwnerDirectoryPgStore(), mails, unsubscriptions: this.unsubscriptions };
    const rules = { digestMinutes: 15, publicUrl: 'https://hooks.example' };
    const service = new NotificationService(this.unitOfWork, stores, this.links, rules, this.clock);
    while ((await service.decideDue()) > 0);
  }

  sender(server: MailServer): MailSender {
    return new MailSender(new MailPgStore(this.unitOfWork), server, this.clock);
  }

  smtp(url: string, deadlineMs = 2_000): SmtpMailServer {
    return new SmtpMailServer({ url: new Secret(url), from: 'Hookstream <hooks@hooks.example>', deadlineMs });
  }

  async mails(): Promise<
    { kind: string; recipient: string; subject: string; status: string; attempts: number; last_error: string | null }[]
  > {
    const { rows } = await this.client.query(
      'select m.kind, m.recipient, m.subject, m.status, m.attempts, m.last_error from notifications.sent_mails as m order by m.id',
    );
    return rows as never;
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(`select count(*)::int as count from notifications.${table}`);
    return rows[0]!.count;
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.source.destroy();
    await this.database.drop();
  }
}
