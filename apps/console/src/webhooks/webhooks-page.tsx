import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listWebhooks } from '../api';
import { Allowed, Page } from '../app';
import { CursorPages, ListStates } from '../list';
import { useAskedDialogs } from '../webhook';
import { ColumnMenu, useColumns } from './column-menu';
import { isRoleRequired, RoleRequired } from './role-required';
import { WebhookFilters } from './webhook-filters';
import { WebhookTable } from './webhook-table';
import { isFiltered, type WebhooksSearch, webhooksSearch } from './webhooks-search';

const PAGE = 25;
const REFRESH_MS = 10_000;

/** All webhooks of the account. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = webhooksSearch(useSearch({ strict: false }));
  const { columns, chosen, toggle, narrow } = useColumns();
  const { ask, dialogs } = useAskedDialogs(() => undefined);
  const webhooks = useQuery({
    queryKey: ['webhooks', search],
    queryFn: async () => (await listWebhooks({ query: { ...search, limit: PAGE }, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.error ? false : REFRESH_MS),
  });
  // A filter begins the list anew.
  const filter = (change: object) =>
    void navigate({
      to: '/webhooks',
      search: (before: WebhooksSearch) => defined({ ...before, cursor: undefined, ...change }),
      replace: true,
    });

  return (
    <Page
      title={t('webhooks.title')}
      hint={t('webhooks.hint')}
      actions={
        <>
          <ColumnMenu chosen={chosen} toggle={toggle} />
          {isRoleRequired(webhooks.error) ? null : <NewWebhook />}
        </>
      }
    >
      {isRoleRequired(webhooks.error) ? (
        <RoleRequired error={webhooks.error} />
      ) : (
        <>
          <WebhookFilters search={search} onChange={filter} />
          <ListStates
            query={webhooks}
            filtered={isFiltered(search)}
            onClear={() => void navigate({ to: '/webhooks', search: {} })}
            empty={{ title: t('webhooks.empty'), action: <NewWebhook /> }}
          >
            {(page) => (
              <>
                <WebhookTable webhooks={page.data} columns={columns} narrow={narrow} onAsk={ask} />
                <CursorPages nextCursor={page.nextCursor} />
              </>
            )}
          </ListStates>
        </>
      )}
      {dialogs}
    </Page>
  );
}

function NewWebhook() {
  const { t } = useTranslation();
  return (
    <Allowed scope="webhooks:write">
      <Button leftSection={<IconPlus size={16} aria-hidden />} renderRoot={(props) => <Link to="/webhooks/new" {...props} />}>
        {t('webhooks.new')}
      </Button>
    </Allowed>
  );
}

function defined(search: object): WebhooksSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
