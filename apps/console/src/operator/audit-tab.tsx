import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AuditEntry, listAudit } from '../api';
import { FilterBar, searchText, TextFilter } from '../filters';
import { CursorPages, ListStates } from '../list';
import { CodeView, Dialog, TimeText } from '../shown';
import { RowTable, useCursorList } from '../tables';
import classes from './operator.module.css';

/** What was done to accounts, keys and event types, and who failed to get in. */
export function AuditTab() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { entry: asked }: { entry?: unknown } = useSearch({ strict: false });
  const { list, search, filter, clear, filtered } = useCursorList(
    'audit',
    ['action', 'actor', 'accountId'],
    async (query) => (await listAudit({ query: query, throwOnError: true })).data,
  );
  const column = (key: string) => t(`operator.audit.column.${key}`);
  // The page of the list stands in the address too, so that the entry is on it.
  const open = list.data?.data.find(({ id }) => id === searchText(asked));
  const close = () => void navigate({ to: '.', search: (before: object) => ({ ...before, entry: undefined }), resetScroll: false });
  return (
    <Stack gap="md">
      <FilterBar
        main={<TextFilter main label={t('operator.audit.filter.action')} value={search.action} onChange={(action) => filter({ action })} />}
      >
        <TextFilter label={t('operator.audit.filter.actor')} value={search.actor} onChange={(actor) => filter({ actor })} />
        <TextFilter label={t('operator.account')} value={search.accountId} onChange={(accountId) => filter({ accountId })} />
      </FilterBar>
      <ListStates query={list} filtered={filtered} onClear={clear} empty={{ title: t('operator.audit.empty.title') }}>
        {(page) => (
          <>
            <RowTable
              label={t('operator.audit.table')}
              rows={page.data}
              idOf={({ id }) => id}
              minWidth={900}
              columns={[
                {
                  key: 'action',
                  label: column('action'),
                  data: true,
                  cell: ({ id, action }) => (
                    <Anchor
                      size="sm"
                      ff="monospace"
                      className={classes.whole}
                      renderRoot={(props) => (
                        <Link to="." search={(before: object) => ({ ...before, entry: id }) as never} resetScroll={false} {...props} />
                      )}
                    >
                      {action}
                    </Anchor>
                  ),
                },
                { key: 'when', label: column('when'), cell: ({ occurredAt }) => <TimeText iso={occurredAt} /> },
                { key: 'actor', label: column('actor'), wide: true, data: true, cell: ({ actor }) => <Mono whole text={actor} /> },
                {
                  key: 'account',
                  label: column('account'),
                  wide: true,
                  data: true,
                  cell: ({ accountId }) => accountId ?? t('operator.audit.none'),
                },
                {
                  key: 'subject',
                  label: column('subject'),
                  wide: true,
                  data: true,
                  cell: ({ subject }) => <Mono text={subject ?? t('operator.audit.none')} />,
                },
                {
                  key: 'from',
                  label: column('from'),
                  wide: true,
                  cell: ({ remoteAddress }) => <Mono whole text={remoteAddress ?? t('operator.audit.none')} />,
                },
              ]}
            />
            <CursorPages nextCursor={page.nextCursor} />
          </>
        )}
      </ListStates>
      {open ? <EntryDialog entry={open} onClose={close} /> : null}
    </Stack>
  );
}

function EntryDialog({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const side = (name: 'before' | 'after') => (
    <div>
      <Title order={3} size="h4" mb="xs">
        {t(`operator.audit.detail.${name}`)}
      </Title>
      {entry[name] ? (
        <CodeView text={JSON.stringify(entry[name], null, 2)} label={t(`operator.audit.detail.${name}`)} />
      ) : (
        <Text c="dimmed">{t('operator.audit.detail.nothing')}</Text>
      )}
    </div>
  );
  return (
    <Dialog opened onClose={onClose} size="xl" title={entry.action}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {side('before')}
          {side('after')}
        </SimpleGrid>
        {entry.requestId ? (
          <Text size="sm" c="dimmed">
            {t('operator.audit.detail.request')} <Mono text={entry.requestId} />
          </Text>
        ) : null}
      </Stack>
    </Dialog>
  );
}

function Mono({ text, whole = false }: { readonly text: string; readonly whole?: boolean }) {
  return (
    <Text span size="sm" ff="monospace" className={whole ? classes.whole : undefined}>
      {text}
    </Text>
  );
}
