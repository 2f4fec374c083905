import { Button, Group, Text, ThemeIcon } from '@mantine/core';
import { IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus, IconSettings, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listWebhookChanges, type WebhookChange } from '../../api';
import { ListStates } from '../../list';
import { TimeText } from '../../shown';
import classes from './activity.module.css';
import { ChangeLines } from './change-lines';

const ICONS: Readonly<Record<string, typeof IconKey>> = {
  'webhook.created': IconPlus,
  'webhook.updated': IconPencil,
  'webhook.enabled': IconPlayerPlay,
  'webhook.disabled': IconPlayerPause,
  'webhook.secret-rotated': IconKey,
  'webhook.deleted': IconTrash,
};

/** Who changed what and when, newest first. */
export function ActivityTab({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation();
  const changes = useInfiniteQuery({
    queryKey: ['webhookChanges', webhookId],
    queryFn: async ({ pageParam }) => {
      const query = { limit: 30, ...(pageParam === '' ? {} : { cursor: pageParam }) };
      const { data } = await listWebhookChanges({ path: { id: webhookId }, query, throwOnError: true });
      return data;
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

  const known = changes.data && { data: changes.data.pages.flatMap(({ data }) => data) };
  return (
    <ListStates query={{ ...changes, data: known }} empty={{ title: t('webhook.activity.nothing') }}>
      {({ data }) => (
        <div className={classes.panel}>
          <ol className={classes.timeline}>
            {data.map((change) => (
              <Entry key={change.version} change={change} />
            ))}
          </ol>
          {changes.hasNextPage ? (
            <Button variant="default" loading={changes.isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
              {t('webhook.activity.older')}
            </Button>
          ) : null}
        </div>
      )}
    </ListStates>
  );
}

function Entry({ change }: { readonly change: WebhookChange }) {
  const { t, i18n } = useTranslation();
  const Icon = ICONS[change.type] ?? IconSettings;
  const key = `webhook.activity.type.${change.type.replace('webhook.', '')}`;
  return (
    <li className={classes.entry}>
      <ThemeIcon variant="light" color="gray" size={36} radius="xl">
        <Icon size={18} aria-hidden />
      </ThemeIcon>
      <div>
        <Group gap="xs">
          <Text fw={600}>{i18n.exists(key) ? t(key) : change.type}</Text>
          <Text size="sm" c="dimmed">
            {t('webhook.activity.by', { actor: change.actor })} · <TimeText iso={change.occurredAt} /> ·{' '}
            {t('webhook.activity.version', { version: change.version })}
          </Text>
        </Group>
        {change.changes.length > 0 ? <ChangeLines changes={change.changes} /> : null}
      </div>
    </li>
  );
}
