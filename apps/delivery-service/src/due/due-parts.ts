import type { Clock, Secret } from '#libs/kernel';
import type { LogFunction, Publisher } from '#libs/messaging';
import { DueDatabase } from './due-database.js';
import type { DueDeliveries } from './due-deliveries.js';
import { DueHandler } from './due-handler.js';
import { DueLoop } from './due-loop.js';
import { DuePace, type PaceLimits } from './due-pace.js';
import { DuePublisher } from './due.publisher.js';
import { DueTable } from './due-table.pg-store.js';
import { EarlyCommands } from './early-commands.pg-store.js';
import { EventCleaner } from './event-cleaner.js';
import { EventData } from './event-data.pg-store.js';
import { KeptWork } from './kept-work.js';
import { PgDueDeliveries } from './pg-due-deliveries.js';
import { RecentReleases } from './recent-releases.js';
import { RetryIntake } from './retry-intake.js';
import { RowCommands } from './row-commands.js';
import { WebhookRows } from './webhook-rows.pg-store.js';
import { type KnownWebhooks, WebhookWatch } from './webhook-watch.js';

export interface DuePartsOptions {
  readonly databaseUrl: Secret;
  /** Full names. */
  readonly topics: { readonly deliveries: string; readonly outcomes: string };
  readonly pace: PaceLimits;
  readonly publisher: Publisher;
  readonly webhooks: KnownWebhooks;
  readonly clock: Clock;
  readonly log: LogFunction;
}

/** The parts of the due table, joined; nothing runs before `DueLifecycle` starts them. */
export class DueParts {
  readonly log: LogFunction;
  readonly database: DueDatabase;
  readonly table: DueTable;
  readonly rows: WebhookRows;
  readonly early: EarlyCommands;
  readonly cleaner: EventCleaner;
  readonly handler: DueHandler;
  readonly loop: DueLoop;
  readonly work: KeptWork;
  readonly deliveries: DueDeliveries;
  readonly watch: WebhookWatch;
  readonly intake: RetryIntake;

  constructor({ databaseUrl, topics, pace: limits, publisher, webhooks, clock, log }: DuePartsOptions) {
    const pace = new DuePace(clock, limits);
    const releases = new RecentReleases(clock);
    this.log = log;
    this.database = new DueDatabase(databaseUrl, log);
    const events = new EventData(this.database);
    this.table = new DueTable(this.database, events, log);
    this.rows = new WebhookRows(this.database);
    this.early = new EarlyCommands(this.database);
    this.cleaner = new EventCleaner(events, log);
    this.handler = new DueHandler(this.table, this.rows, new DuePublisher(publisher, topics, clock), pace, this.cleaner, log);
    this.loop = new DueLoop(this.handler, this.table, clock, log);
    this.work = new KeptWork(log);
    const commands = new RowCommands(this.rows, this.handler, this.early);
    this.deliveries = new PgDueDeliveries(this.rows, this.handler, this.work, this.loop, releases, commands);
    this.watch = new WebhookWatch(webhooks, this.deliveries, this.handler, this.rows, this.work, limits.perWebhook);
    this.intake = new RetryIntake(this.table, this.loop, pace, this.watch, releases, commands);
  }
}
