import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { searchText } from './search-text.js';
import { DEFAULT_MAX_IN_FLIGHT, type RateLimit, type RetryPolicy, type SecretRef, type Webhook, type WebhookAuth } from './webhook.js';

/** A row of the read model. It can be dropped and made again from the events. */
@Entity({ schema: 'subscription', name: 'webhooks' })
@Index('webhooks_account_name', ['accountId', 'name'], { unique: true })
@Index('webhooks_account_id', ['accountId', 'id'])
@Index('webhooks_account_channel_id', ['accountId', 'channelId', 'id'])
@Index('webhooks_account_status_id', ['accountId', 'status', 'id'])
@Index('webhooks_rotating', ['id'], { where: 'json_array_length(secrets) > 1' })
export class WebhookEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'webhooks_pkey', collation: 'C' })
  id!: string;

  @Column('text', { name: 'account_id' })
  accountId!: string;

  @Column('integer')
  version!: number;

  @Column('text')
  name!: string;

  @Column('text')
  url!: string;

  @Column('text')
  method!: Webhook['method'];

  @Column('text', { name: 'channel_id', nullable: true })
  channelId!: string | null;

  @Column('text', { array: true })
  events!: string[];

  @Column('text', { nullable: true })
  filter!: string | null;

  @Column('json')
  headers!: Record<string, string>;

  @Column('json')
  auth!: WebhookAuth;

  @Column('text', { name: 'payload_format' })
  payloadFormat!: Webhook['payloadFormat'];

  @Column('boolean')
  signing!: boolean;

  @Column('json')
  secrets!: SecretRef[];

  @Column('text')
  status!: Webhook['status'];

  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason!: string | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  @Column('text', { name: 'notification_type' })
  notificationType!: Webhook['notificationType'];

  @Column('integer', { name: 'timeout_ms' })
  timeoutMs!: number;

  @Column('json', { name: 'retry_policy', nullable: true })
  retryPolicy!: RetryPolicy | null;

  @Column('integer', { name: 'max_in_flight', default: DEFAULT_MAX_IN_FLIGHT })
  maxInFlight!: number;

  @Column('json', { name: 'rate_limit', nullable: true })
  rateLimit!: RateLimit | null;

  @Column('json', { default: '{}' })
  metadata!: Record<string, string>;

  @Column('text', { name: 'notify_emails', array: true, default: '{}' })
  notifyEmails!: string[];

  /** Name and URL as `q` is looked for in them; made here, since what lower case is depends on the database's locale there. */
  @Column({ type: 'text', name: 'search_text', collation: 'C', default: '' })
  searchText!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

export function toRow(webhook: Webhook): WebhookEntity {
  const { events, secrets, createdAt, updatedAt, disabledAt, headers, metadata, notifyEmails, ...same } = webhook;
  return {
    ...same,
    headers: { ...headers },
    metadata: { ...metadata },
    notifyEmails: [...notifyEmails],
    searchText: searchText(webhook.name, webhook.url),
    events: [...events],
    secrets: [...secrets],
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    disabledAt: disabledAt === null ? null : new Date(disabledAt),
  };
}

export function fromRow(row: WebhookEntity): Webhook {
  const { searchText: _, ...same } = row;
  return {
    ...same,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}
