import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Webhook } from '../api';
import { CopyIcon, IdText, MethodChip, TimeText } from '../shown';
import { HealthBadge } from '../webhook/health';
import { EventsCell } from './events-cell';
import { LastEventCell } from './last-event-cell';
import { modulesOf } from './modules-of';
import { StatusToggle } from './status-toggle';
import { SuccessCell } from './success-cell';
import classes from './webhooks.module.css';

export type ColumnId =
  'name' | 'url' | 'events' | 'health' | 'success' | 'lastEvent' | 'status' | 'module' | 'channel' | 'auth' | 'format' | 'created' | 'id';

export interface Column {
  readonly id: ColumnId;
  /** Shown only when asked for. */
  readonly optional: boolean;
  readonly cell: (webhook: Webhook, context: ColumnContext) => ReactNode;
}

export interface ColumnContext {
  readonly t: TFunction;
  /** Module of each event type. */
  readonly moduleOf: ReadonlyMap<string, string>;
  readonly narrow: boolean;
}

const dimmed = (text: ReactNode) => (
  <Text size="sm" c="dimmed">
    {text}
  </Text>
);

export const COLUMNS: readonly Column[] = [
  { id: 'name', optional: false, cell: (webhook, { narrow }) => <NameCell webhook={webhook} withHealth={narrow} /> },
  { id: 'url', optional: false, cell: (webhook, { t }) => <UrlCell webhook={webhook} label={t('webhook.action.copyUrl')} /> },
  { id: 'events', optional: false, cell: ({ events }) => <EventsCell events={events} /> },
  { id: 'health', optional: false, cell: (webhook) => <HealthBadge webhook={webhook} /> },
  { id: 'success', optional: false, cell: ({ counts }) => <SuccessCell counts={counts} /> },
  { id: 'lastEvent', optional: false, cell: ({ lastEvent }) => <LastEventCell lastEvent={lastEvent} /> },
  { id: 'status', optional: false, cell: (webhook) => <StatusToggle webhook={webhook} /> },
  {
    id: 'module',
    optional: true,
    cell: ({ events }, { t, moduleOf }) => modulesOf(events, moduleOf)?.join(', ') ?? t('webhooks.events.all'),
  },
  {
    id: 'channel',
    optional: true,
    cell: ({ channelId }, { t }) => (channelId ? <Code>{channelId}</Code> : dimmed(t('webhooks.channel.every'))),
  },
  { id: 'auth', optional: true, cell: ({ auth }, { t }) => t(`webhookForm.auth.name.${auth.type}`) },
  { id: 'format', optional: true, cell: ({ payloadFormat }, { t }) => t(`webhookForm.format.name.${payloadFormat}`) },
  { id: 'created', optional: true, cell: ({ createdAt }) => <TimeText iso={createdAt} /> },
  { id: 'id', optional: true, cell: ({ id }) => <IdText id={id} /> },
];

function NameCell({ webhook, withHealth }: { readonly webhook: Webhook; readonly withHealth: boolean }) {
  return (
    <Stack gap={6} align="flex-start">
      <Anchor
        className={classes.name}
        size="sm"
        renderRoot={(props) => <Link to="/webhooks/$webhookId" params={{ webhookId: webhook.id }} data-row-link {...props} />}
      >
        <span data-value>{webhook.name}</span>
      </Anchor>
      {withHealth ? <HealthBadge webhook={webhook} /> : null}
    </Stack>
  );
}

function UrlCell({ webhook: { method, url }, label }: { readonly webhook: Webhook; readonly label: string }) {
  return (
    <Stack gap={4} align="flex-start">
      <Group gap={4} wrap="nowrap">
        <span className={classes.url} title={url} data-value>
          {url.replace(/^https?:\/\//, '')}
        </span>
        <CopyIcon text={url} label={label} />
      </Group>
      <MethodChip method={method} />
    </Stack>
  );
}
