import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listNotifications } from '../api';
import { ChoiceFilter, FilterBar, TextFilter } from '../filters';
import { CursorPages, ListStates } from '../list';
import { type ShownStatus, StatusWord, TimeText } from '../shown';
import { RowTable, useCursorList } from '../tables';
import { WebhookLink } from './webhook-link';

const LOOK: Readonly<Record<string, ShownStatus>> = { pending: 'pending', sent: 'succeeded', failed: 'failed' };
const STATUSES = ['pending', 'sent', 'failed'] as const;
const REFRESH_MS = 10_000;

/** Mails to owners, sent and to be sent. */
export function NotificationsTab() {
  const { t, i18n } = useTranslation();
  const { list, search, filter, clear, filtered } = useCursorList(
    'notifications',
    ['accountId', 'webhookId', 'status'],
    async (query) => (await listNotifications({ query: query as object, throwOnError: true })).data,
    { refreshMs: REFRESH_MS },
  );
  const column = (key: string) => t(`operator.notifications.column.${key}`);
  const kindWord = (kind: string) => (i18n.exists(`operator.notifications.kind.${kind}`) ? t(`operator.notifications.kind.${kind}`) : kind);
  return (
    <Stack gap="md">
      <FilterBar
        main={<TextFilter main label={t('operator.account')} value={search.accountId} onChange={(accountId) => filter({ accountId })} />}
      >
        <TextFilter label={t('operator.webhook')} value={search.webhookId} onChange={(webhookId) => filter({ webhookId })} />
        <ChoiceFilter
          label={t('operator.notifications.filter')}
          value={search.status}
          onChange={(status) => filter({ status })}
          choices={STATUSES.map((value) => ({ value, label: t(`operator.notifications.status.${value}`) }))}
        />
      </FilterBar>
      <ListStates
        query={list}
        filtered={filtered}
        onClear={clear}
        empty={{ title: t('operator.notifications.empty.title'), detail: t('operator.notifications.empty.detail') }}
      >
        {(page) => (
          <>
            <RowTable
              label={t('operator.notifications.table')}
              rows={page.data}
              idOf={({ id }) => id}
              minWidth={940}
              columns={[
                {
                  key: 'subject',
                  label: column('subject'),
                  data: true,
                  width: '32%',
                  cell: ({ subject, kind, lastError, webhookId, accountId }) => (
                    <Stack gap={2}>
                      {webhookId === null ? (
                        <Text size="sm" fw={500}>
                          {subject ?? kindWord(kind)}
                        </Text>
                      ) : (
                        <WebhookLink webhookId={webhookId} accountId={accountId}>
                          {subject ?? kindWord(kind)}
                        </WebhookLink>
                      )}
                      {lastError ? (
                        <Text size="xs" c="red">
                          {lastError}
                        </Text>
                      ) : null}
                    </Stack>
                  ),
                },
                { key: 'kind', label: column('kind'), wide: true, cell: ({ kind }) => kindWord(kind) },
                { key: 'recipient', label: column('recipient'), wide: true, data: true, width: '18%', cell: ({ recipient }) => recipient },
                { key: 'account', label: column('account'), wide: true, data: true, cell: ({ accountId }) => accountId },
                {
                  key: 'status',
                  label: column('status'),
                  cell: ({ status, attempts }) => (
                    <Stack gap={2} align="flex-start">
                      <StatusWord status={LOOK[status] ?? 'unknown'} word={t(`operator.notifications.status.${status}`)} />
                      {attempts > 1 ? (
                        <Text size="xs" c="dimmed">
                          {t('operator.notifications.tries', { count: attempts })}
                        </Text>
                      ) : null}
                    </Stack>
                  ),
                },
                { key: 'created', label: column('created'), wide: true, cell: ({ createdAt }) => <TimeText iso={createdAt} /> },
                {
                  key: 'sent',
                  label: column('sent'),
                  cell: ({ sentAt }) => (sentAt ? <TimeText iso={sentAt} /> : t('operator.notifications.notSent')),
                },
              ]}
            />
            <CursorPages nextCursor={page.nextCursor} />
          </>
        )}
      </ListStates>
    </Stack>
  );
}
