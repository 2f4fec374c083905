import { Anchor, Button, Group, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { listAttempts } from '../../api';
import { Allowed } from '../../app';
import { durationText } from '../../delivery';
import { ListStates } from '../../list';
import { StatusWord, TimeText } from '../../shown';
import { RowTable } from '../../tables';

const RECENT = 8;
const REFRESH_MS = 5_000;

/** The latest attempts of a webhook, and the way to all of them. */
export function RecentAttempts({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation();
  const titleId = useId();
  const column = (key: string) => t(`webhook.overview.column.${key}`);
  const attempts = useQuery({
    queryKey: ['recentAttempts', webhookId],
    queryFn: async () => (await listAttempts({ path: { id: webhookId }, query: { limit: RECENT }, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.error ? false : REFRESH_MS),
  });
  return (
    <section aria-labelledby={titleId}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id={titleId}>
          {t('webhook.overview.recent')}
        </Title>
        <Anchor size="sm" renderRoot={(props) => <Link to="/webhooks/$webhookId/history" params={{ webhookId }} {...props} />}>
          {t('webhook.overview.all')}
        </Anchor>
      </Group>
      <ListStates query={attempts} empty={{ title: t('webhook.overview.nothing'), action: <SendTest webhookId={webhookId} /> }}>
        {({ data }) => (
          <RowTable
            label={t('webhook.overview.recent')}
            rows={data}
            idOf={({ id }) => id}
            columns={[
              { key: 'event', label: column('event'), cell: (attempt) => <AttemptLink webhookId={webhookId} attempt={attempt} /> },
              { key: 'attempted', label: column('attempted'), cell: ({ attemptedAt }) => <TimeText iso={attemptedAt} /> },
              { key: 'code', label: column('code'), wide: true, cell: ({ statusCode }) => statusCode ?? '–' },
              {
                key: 'status',
                label: column('status'),
                cell: ({ status }) => <StatusWord status={status === 'succeeded' ? 'succeeded' : 'failed'} />,
              },
              { key: 'duration', label: column('duration'), wide: true, cell: ({ durationMs }) => durationText(durationMs) },
            ]}
          />
        )}
      </ListStates>
    </section>
  );
}

interface AttemptLinkProps {
  readonly webhookId: string;
  readonly attempt: { readonly id: string; readonly eventType: string };
}

function AttemptLink({ webhookId, attempt: { id, eventType } }: AttemptLinkProps) {
  return (
    <Anchor
      size="sm"
      ff="monospace"
      renderRoot={(props) => <Link to="/webhooks/$webhookId/history" params={{ webhookId }} search={{ open: id } as never} {...props} />}
    >
      {eventType}
    </Anchor>
  );
}

function SendTest({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation();
  return (
    <Allowed scope="webhooks:write">
      <Button
        size="xs"
        leftSection={<IconSend size={14} aria-hidden />}
        renderRoot={(props) => <Link to="/webhooks/$webhookId/testing" params={{ webhookId }} {...props} />}
      >
        {t('webhook.action.test')}
      </Button>
    </Allowed>
  );
}
