import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type DeliveryDetail, getWebhook, problemOf } from '../api';
import { CopyIcon, IdText, StatusWord } from '../shown';
import { AttemptTabs } from './attempt/attempt-tabs';
import type { AttemptView } from './attempt-views';
import { DeliveryActions } from './delivery-actions';
import { DeliveryTimeline } from './delivery-timeline';
import classes from './delivery.module.css';
import { durationText } from './measures';

/** What of a delivery is shown: one of its attempts, from one side. */
export interface ShownAttempt {
  readonly attempt?: string | undefined;
  readonly view?: AttemptView | undefined;
}

interface DeliveryViewProps extends ShownAttempt {
  readonly delivery: DeliveryDetail;
  readonly isQueued: boolean;
  readonly onShow: (shown: ShownAttempt) => void;
}

/** A whole delivery: what and where, its timeline, and one attempt in detail, the last one unless another is chosen. */
export function DeliveryView({ delivery, isQueued, attempt, view = 'payload', onShow }: DeliveryViewProps) {
  const { t } = useTranslation();
  const { timeline, state } = delivery;
  const shown = timeline.find(({ id }) => id === attempt)?.id ?? timeline.at(-1)?.id;
  const underWay = state === 'pending' || state === 'retrying';
  return (
    <Stack gap="lg" className={classes.view}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Group gap="xs">
          <StatusWord status={state} />
          {isQueued ? <StatusWord status="queued" /> : null}
          {delivery.test ? <Badge color="violet">{t('delivery.test')}</Badge> : null}
          {delivery.totalMs !== null && !underWay ? (
            <Text size="sm" c="dimmed">
              {t('delivery.fact.took', { duration: durationText(delivery.totalMs) })}
            </Text>
          ) : null}
        </Group>
        <DeliveryActions delivery={delivery} isQueued={isQueued} attemptId={shown} />
      </Group>
      <Facts delivery={delivery} />
      <div className={classes.columns}>
        <DeliveryTimeline delivery={delivery} shown={shown} onShow={(id) => onShow({ attempt: id, view })} />
        <div>
          {shown ? (
            <AttemptTabs attemptId={shown} view={view} onView={(chosen) => onShow({ attempt: shown, view: chosen })} />
          ) : (
            <Text c="dimmed" className={classes.callout}>
              {t(underWay ? 'delivery.noAttempt.pending' : 'delivery.noAttempt.ended')}
            </Text>
          )}
        </div>
      </div>
    </Stack>
  );
}

function Facts({ delivery: { id, webhookId, eventId, eventType, channelId } }: { readonly delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const webhook = useQuery({
    queryKey: ['webhook', webhookId],
    queryFn: async () => (await getWebhook({ path: { id: webhookId }, throwOnError: true })).data,
  });
  const isGone = webhook.error !== null && problemOf(webhook.error).status === 404;
  return (
    <dl className={classes.facts}>
      <dt>{t('delivery.fact.webhook')}</dt>
      <dd>
        {isGone ? (
          <Text span size="sm" c="dimmed">
            {t('delivery.fact.deleted')}
          </Text>
        ) : (
          <Anchor size="sm" fw={600} renderRoot={(props) => <Link to="/webhooks/$webhookId" params={{ webhookId }} {...props} />}>
            {webhook.data?.name ?? webhookId}
          </Anchor>
        )}
      </dd>
      <dt>{t('delivery.fact.event')}</dt>
      <dd>
        <Text span size="sm" ff="monospace" fw={500}>
          {eventType}
        </Text>
        <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
          <Anchor size="sm" ff="monospace" renderRoot={(props) => <Link to="/events/$eventId" params={{ eventId }} {...props} />}>
            {eventId}
          </Anchor>
          <CopyIcon text={eventId} label={t('shown.copyId', { id: eventId })} />
        </Group>
      </dd>
      <dt>{t('delivery.fact.delivery')}</dt>
      <dd>
        <IdText id={id} main />
      </dd>
      {channelId ? (
        <>
          <dt>{t('delivery.fact.channel')}</dt>
          <dd>
            <Text span size="sm" ff="monospace">
              {channelId}
            </Text>
          </dd>
        </>
      ) : null}
    </dl>
  );
}
