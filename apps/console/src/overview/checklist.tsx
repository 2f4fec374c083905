import { Button, CloseButton, Group, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { listDeliveries, listWebhooks, type Overview } from '../api';
import { useSession } from '../app';
import { useSaid } from '../shown';
import { hasDelivered } from './first-delivery';
import classes from './overview.module.css';

/**
 * The way to a first delivery: create, test, verify. It goes once something real has been delivered, or when told to, and is for
 * those who may go it.
 */
export function Checklist({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation();
  const titleId = useId();
  const { accountId, may } = useSession();
  const [isVerified, sayVerified] = useSaid(`verified.${accountId}`);
  const [isHidden, hide] = useSaid(`checklist-hidden.${accountId}`);
  const isNew = !hasDelivered(overview.totals) && !isHidden && may('webhooks:write');
  const first = useQuery({
    queryKey: ['webhooks', 'first'],
    enabled: isNew,
    queryFn: async () => (await listWebhooks({ query: { limit: 1 }, throwOnError: true })).data.data[0] ?? null,
  });
  const sent = useQuery({
    queryKey: ['deliveries', 'first'],
    enabled: isNew,
    queryFn: async () => (await listDeliveries({ query: { state: 'succeeded', limit: 100 }, throwOnError: true })).data.data,
  });
  if (!isNew || !first.isSuccess || !sent.isSuccess || hasDelivered(overview.totals, sent.data)) return null;

  const webhookId = first.data?.id;
  const tested = sent.data.some(({ test }) => test);
  const link = (to: '/webhooks/new' | '/webhooks/$webhookId/testing' | '/webhooks/$webhookId/secrets', label: string, primary: boolean) => (
    <Button
      size="xs"
      variant={primary ? 'filled' : 'default'}
      renderRoot={(props: object) =>
        to === '/webhooks/new' ? <Link to={to} {...props} /> : <Link to={to} params={{ webhookId: webhookId ?? '' }} {...props} />
      }
    >
      {label}
    </Button>
  );
  return (
    <section className={classes.panel} aria-labelledby={titleId}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4" id={titleId}>
          {t('overview.checklist.title')}
        </Title>
        <CloseButton aria-label={t('overview.checklist.hide')} onClick={hide} />
      </Group>
      <Text c="dimmed" size="sm" mb="sm">
        {t('overview.checklist.hint')}
      </Text>
      <ol className={classes.steps}>
        <Step
          number={1}
          done={webhookId !== undefined}
          title={t('overview.checklist.create')}
          detail={t('overview.checklist.createDetail')}
        >
          {webhookId === undefined ? link('/webhooks/new', t('overview.checklist.createAction'), true) : null}
        </Step>
        <Step number={2} done={tested} title={t('overview.checklist.test')} detail={t('overview.checklist.testDetail')}>
          {webhookId !== undefined && !tested ? link('/webhooks/$webhookId/testing', t('overview.checklist.testAction'), true) : null}
        </Step>
        <Step number={3} done={isVerified} title={t('overview.checklist.verify')} detail={t('overview.checklist.verifyDetail')}>
          {webhookId !== undefined && !isVerified ? (
            <Group gap="xs" justify="flex-end">
              {link('/webhooks/$webhookId/secrets', t('overview.checklist.verifyAction'), tested)}
              <Button size="xs" variant="default" onClick={sayVerified}>
                {t('overview.checklist.verified')}
              </Button>
            </Group>
          ) : null}
        </Step>
      </ol>
    </section>
  );
}

interface StepProps {
  readonly number: number;
  readonly done: boolean;
  readonly title: string;
  readonly detail: string;
  readonly children: ReactNode;
}

function Step({ number, done, title, detail, children }: StepProps) {
  const { t } = useTranslation();
  return (
    <li>
      <Group gap="md" wrap="nowrap" align="flex-start">
        <ThemeIcon
          radius="xl"
          size={26}
          variant={done ? 'filled' : 'default'}
          color={done ? 'green' : undefined}
          aria-label={done ? t('overview.checklist.done') : undefined}
          role={done ? 'img' : undefined}
        >
          {done ? <IconCheck size={15} aria-hidden /> : number}
        </ThemeIcon>
        <div className={classes.step}>
          <Text fw={550}>{title}</Text>
          <Text size="sm" c="dimmed">
            {detail}
          </Text>
        </div>
        {children}
      </Group>
    </li>
  );
}
