import { Badge, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link, Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { Page } from '../app';
import { CopyIcon, IdText, MethodChip, useInSight } from '../shown';
import { ReadProblem, StatusToggle } from '../webhooks';
import { HealthBanner } from './health';
import { useAskedDialogs } from './use-asked-dialogs';
import { useWebhook } from './use-webhook';
import { WebhookActions } from './webhook-actions';
import classes from './webhook.module.css';

const TABS = ['overview', 'history', 'testing', 'settings', 'secrets', 'activity'] as const;

/** The page of one webhook: what it is on top, how it is, and its tabs, each with its own address. */
export function WebhookLayout() {
  const { webhookId = '' } = useParams({ strict: false });
  const webhook = useWebhook(webhookId);

  if (webhook.isPending) return <LayoutSkeleton />;
  if (webhook.error && !webhook.data) return <ReadProblem error={webhook.error} onRetry={() => void webhook.refetch()} />;
  return <LoadedWebhook webhook={webhook.data} />;
}

function LoadedWebhook({ webhook }: { readonly webhook: Webhook }) {
  const navigate = useNavigate();
  const { ask, dialogs } = useAskedDialogs(() => void navigate({ to: '/webhooks' }));
  return (
    <Page
      title={webhook.name}
      actions={
        <Group gap="sm" wrap="nowrap">
          <StatusToggle webhook={webhook} />
          <WebhookActions webhook={webhook} onAsk={ask} />
        </Group>
      }
    >
      <Endpoint webhook={webhook} />
      <HealthBanner webhook={webhook} />
      <TabBar webhookId={webhook.id} />
      <Outlet />
      {dialogs}
    </Page>
  );
}

function Endpoint({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} mt="calc(var(--mantine-spacing-md) * -1)">
      <Group gap={6} wrap="nowrap" className={classes.endpoint}>
        <MethodChip method={webhook.method} />
        <Text span ff="monospace" size="sm" className={classes.url} data-value>
          {webhook.url}
        </Text>
        <CopyIcon text={webhook.url} label={t('webhook.action.copyUrl')} />
      </Group>
      <IdText id={webhook.id} main />
      <ul className={classes.events} aria-label={t('webhook.field.events')}>
        {webhook.events.map((event) => (
          <li key={event}>
            <Badge variant="default" fw={400} ff="monospace" data-value>
              {event === '*' ? t('webhooks.events.all') : event}
            </Badge>
          </li>
        ))}
      </ul>
      {webhook.unknownEvents?.length ? (
        <Text size="sm" c="orange">
          {t('webhook.unknownEvents', { events: webhook.unknownEvents.join(', ') })}
        </Text>
      ) : null}
    </Stack>
  );
}

function TabBar({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation();
  const row = useInSight<HTMLUListElement>('[aria-current="page"]', useLocation({ select: ({ pathname }) => pathname }));
  return (
    <nav aria-label={t('webhook.tabs')}>
      <ul ref={row} className={classes.tabs}>
        {TABS.map((each) => (
          <li key={each}>
            <Link
              to={each === 'overview' ? '/webhooks/$webhookId' : `/webhooks/$webhookId/${each}`}
              params={{ webhookId }}
              className={classes.tab}
              // The first tab's address is the beginning of all the others.
              activeOptions={{ exact: true, includeSearch: false }}
            >
              {t(`webhook.tab.${each}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function LayoutSkeleton() {
  const { t } = useTranslation();
  return (
    <Page title={t('webhook.loading')}>
      <Stack aria-hidden>
        <Skeleton height={20} width="50%" />
        <Skeleton height={240} radius="md" mt="lg" />
      </Stack>
    </Page>
  );
}
