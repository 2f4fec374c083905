import { Button, Group, Stack } from '@mantine/core';
import { IconRefreshDot, IconSend } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { Allowed, useSession } from '../app';
import { DeliveryDrawer, type ShownAttempt } from '../delivery';
import { CursorPages, ListStates } from '../list';
import { useWebhook } from '../webhook/use-webhook';
import { AttemptTable } from './attempt-table';
import { ExportMenu } from './export-menu';
import { HistoryFiltersBar } from './history-filters';
import { filtersOf, type HistorySearch, historySearch, isFiltered } from './history-search';
import classes from './history.module.css';
import { LiveToggle } from './live/live-toggle';
import { NewAttemptsBar } from './live/new-attempts-bar';
import { RedeliveryProgress } from './retry-all/redelivery-progress';
import { RetryAllDialog } from './retry-all/retry-all-dialog';
import { useRedeliveries, useRefreshRedeliveries } from './retry-all/use-redeliveries';
import { useAttempts } from './use-attempts';

/** The Webhook History tab: every attempt of one webhook. */
export function HistoryRoute() {
  const { webhookId = '' } = useParams({ strict: false });
  const { data } = useWebhook(webhookId);
  return data ? <WebhookHistoryTab webhook={data} /> : null;
}

export function WebhookHistoryTab({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = historySearch(useSearch({ strict: false }));
  const { attempts, rows, live, showNew } = useAttempts(webhook.id, search);
  const change = (changed: { readonly [Name in keyof HistorySearch]?: HistorySearch[Name] | undefined }, { replace = false } = {}) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...changed }), replace, resetScroll: false });
  const open = search.open;
  const at = rows.findIndex(({ id }) => id === open);
  const step = (to: number) => (at !== -1 && rows[to] ? () => change({ open: rows[to]!.id }, { replace: true }) : undefined);

  return (
    <Stack gap="md">
      <HistoryFiltersBar search={search} onChange={(filter) => change({ cursor: undefined, ...filter }, { replace: true })} />
      <div className={classes.toolbar}>
        <LiveToggle
          on={search.live !== 'off'}
          state={live.state}
          onToggle={(on) => change({ live: on ? undefined : 'off' }, { replace: true })}
        />
        <Group gap="xs">
          <ExportMenu webhook={webhook} filters={filtersOf(search)} />
          <RetryAll webhook={webhook} search={search} onProgress={showNew} />
        </Group>
      </div>
      <Retries webhook={webhook} onProgress={() => void attempts.refetch()} />
      <ListStates
        query={attempts}
        filtered={isFiltered(search)}
        onClear={() => void navigate({ to: '/webhooks/$webhookId/history', params: { webhookId: webhook.id }, search: {} as never })}
        empty={{ title: t('history.empty.title'), detail: t('history.empty.detail'), action: <SendTest webhookId={webhook.id} /> }}
      >
        {(page) => (
          <>
            <NewAttemptsBar
              news={live.news}
              onShow={() => {
                if (search.cursor !== undefined) change({ cursor: undefined });
                showNew();
              }}
            />
            <AttemptTable attempts={page.data} open={open} />
            <CursorPages nextCursor={page.nextCursor} />
          </>
        )}
      </ListStates>
      <DeliveryDrawer
        attempt={open}
        deliveryId={rows[at]?.deliveryId}
        view={search.view}
        onShow={({ attempt, view }: ShownAttempt) => change({ open: attempt, view }, { replace: true })}
        onClose={() => change({ open: undefined, view: undefined })}
        onPrevious={step(at - 1)}
        onNext={step(at + 1)}
      />
    </Stack>
  );
}

function Retries({ webhook: { id: webhookId, name }, onProgress }: { readonly webhook: Webhook; readonly onProgress: () => void }) {
  const [dismissed, setDismissed] = useState<readonly (string | null)[]>([]);
  const retries = useRedeliveries(webhookId, onProgress);
  return retries
    .filter(({ id }) => !dismissed.includes(id))
    .map((redelivery) => (
      <RedeliveryProgress
        key={redelivery.id}
        redelivery={redelivery}
        of={name}
        onDismiss={() => setDismissed([...dismissed, redelivery.id])}
      />
    ));
}

interface RetryAllProps {
  readonly webhook: Webhook;
  readonly search: HistorySearch;
  readonly onProgress: () => void;
}

function RetryAll({ webhook, search, onProgress }: RetryAllProps) {
  const { t } = useTranslation();
  const mayRedeliver = useSession().may('deliveries:redeliver');
  const [asking, setAsking] = useState(false);
  const refresh = useRefreshRedeliveries(webhook.id);
  if (!mayRedeliver) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconRefreshDot size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('history.retryAll.action')}
      </Button>
      {asking ? (
        <RetryAllDialog
          webhook={webhook}
          filters={filtersOf(search)}
          onClose={() => setAsking(false)}
          onStarted={() => {
            setAsking(false);
            onProgress();
            void refresh();
          }}
        />
      ) : null}
    </>
  );
}

function SendTest({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation();
  return (
    <Allowed scope="webhooks:write">
      <Button
        leftSection={<IconSend size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/webhooks/$webhookId/testing" params={{ webhookId }} {...props} />}
      >
        {t('history.empty.action')}
      </Button>
    </Allowed>
  );
}
