import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus, IconSettings, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Trans, useTranslation } from 'react-i18next';
import { listWebhookChanges, type WebhookChange } from '../../api';
import { searchText } from '../../filters/search-text';
import { CursorPages, ListStates } from '../../list';
import { IdText, TimeText } from '../../shown';
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

const PAGE = 30;
const ID = /^[a-z]+_[0-9a-z]{20,}$/;

/** Who changed what and when, newest first. */
export function ActivityTab({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation();
  const { cursor: asked }: { cursor?: unknown } = useSearch({ strict: false });
  const cursor = searchText(asked, 1000);
  const changes = useQuery({
    queryKey: ['webhookChanges', webhookId, cursor],
    queryFn: async () => {
      const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      return (await listWebhookChanges({ path: { id: webhookId }, query, throwOnError: true })).data;
    },
    placeholderData: keepPreviousData,
  });

  return (
    <ListStates query={changes} empty={{ title: t('webhook.activity.nothing') }}>
      {({ data, nextCursor }) => (
        <>
          <ol className={classes.timeline}>
            {data.map((change) => (
              <Entry key={change.version} change={change} />
            ))}
          </ol>
          <CursorPages nextCursor={nextCursor} />
        </>
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
            <Trans i18nKey="webhook.activity.by" components={{ actor: <Actor actor={change.actor} /> }} /> ·{' '}
            <TimeText iso={change.occurredAt} /> · {t('webhook.activity.version', { version: change.version })}
          </Text>
        </Group>
        {change.changes.length > 0 ? <ChangeLines changes={change.changes} /> : null}
      </div>
    </li>
  );
}

/** A key by its id; `admin` and parts of the system by their word. */
function Actor({ actor }: { readonly actor: string }) {
  return ID.test(actor) ? <IdText id={actor} /> : <span data-value>{actor}</span>;
}
