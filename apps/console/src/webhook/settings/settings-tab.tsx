import { Button, Card, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api';
import { Allowed } from '../../app';
import { ScheduleTimes } from '../../webhook-form';
import { Facts, type Fact } from './facts';
import { IdText, TimeText } from '../../shown';

/** Everything that is set, to be read; changed in the form. */
export function SettingsTab({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Allowed scope="webhooks:write">
        <Group justify="flex-end">
          <Button
            leftSection={<IconPencil size={16} aria-hidden />}
            renderRoot={(props) => <Link to="/webhooks/$webhookId/edit" params={{ webhookId: webhook.id }} {...props} />}
          >
            {t('webhook.edit')}
          </Button>
        </Group>
      </Allowed>
      <Part title={t('webhook.settings.request')} facts={requestFacts(webhook, t)} />
      <Part title={t('webhook.settings.delivery')} facts={deliveryFacts(webhook, t)} />
      <Part title={t('webhook.settings.about')} facts={aboutFacts(webhook, t)} />
    </Stack>
  );
}

function Part({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  const id = useId();
  return (
    <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      <Facts facts={facts} />
    </Card>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function requestFacts(webhook: Webhook, t: Translate): Fact[] {
  const { auth } = webhook;
  const names = auth.headerName ?? auth.headerNames?.join(', ');
  return [
    { name: t('webhook.field.url'), value: <Code>{`${webhook.method} ${webhook.url}`}</Code> },
    { name: t('webhook.field.payloadFormat'), value: t(`webhookForm.format.name.${webhook.payloadFormat}`) },
    { name: t('webhook.field.auth'), value: t(`webhookForm.auth.name.${auth.type}`) + (names ? ` (${names})` : '') },
    {
      name: t('webhook.field.signing'),
      value: webhook.signing ? t('webhook.settings.signs', { last4: webhook.secretLast4 }) : t('webhook.settings.signsNot'),
    },
    {
      name: t('webhook.field.headers'),
      value: codes(
        Object.entries(webhook.headers).map(([name, value]) => `${name}: ${value}`),
        t,
      ),
    },
    { name: t('webhook.field.notificationType'), value: webhook.notificationType },
  ];
}

function deliveryFacts(webhook: Webhook, t: Translate): Fact[] {
  const schedule = webhook.retryPolicy?.schedule;
  const statuses = webhook.retryPolicy?.finalStatuses ?? [];
  return [
    {
      name: t('webhook.field.channelId'),
      value: webhook.channelId ? <Code>{webhook.channelId}</Code> : t('webhook.settings.everyChannel'),
    },
    { name: t('webhook.field.filter'), value: webhook.filter ? <Code block>{webhook.filter}</Code> : t('webhook.settings.noFilter') },
    {
      name: t('webhook.field.retryPolicy'),
      value: <ScheduleTimes source={!schedule ? 'default' : schedule.length === 0 ? 'none' : 'own'} schedule={schedule ?? []} />,
    },
    ...(statuses.length > 0 ? [{ name: t('webhookForm.finalStatuses.label'), value: codes(statuses.map(String), t) }] : []),
    { name: t('webhook.field.timeoutMs'), value: t('webhook.settings.seconds', { count: webhook.timeoutMs / 1000 }) },
    { name: t('webhook.field.maxInFlight'), value: String(webhook.maxInFlight) },
    {
      name: t('webhook.field.rateLimit'),
      value: webhook.rateLimit ? t('webhook.settings.perSecond', { count: webhook.rateLimit.perSecond }) : t('webhookForm.rateLimit.none'),
    },
  ];
}

function aboutFacts(webhook: Webhook, t: Translate): Fact[] {
  const metadata = Object.entries(webhook.metadata).map(([name, value]) => `${name}: ${value}`);
  return [
    { name: t('webhook.field.id'), value: <IdText id={webhook.id} /> },
    { name: t('webhook.field.createdAt'), value: <TimeText iso={webhook.createdAt} /> },
    { name: t('webhook.field.updatedAt'), value: <TimeText iso={webhook.updatedAt} /> },
    { name: t('webhook.field.version'), value: String(webhook.version) },
    ...(metadata.length > 0 ? [{ name: t('webhook.field.metadata'), value: codes(metadata, t) }] : []),
  ];
}

function codes(texts: readonly string[], t: Translate): ReactNode {
  if (texts.length === 0)
    return (
      <Text span c="dimmed" inherit>
        {t('webhook.settings.none')}
      </Text>
    );
  return (
    <Group gap={6}>
      {texts.map((text) => (
        <Code key={text}>{text}</Code>
      ))}
    </Group>
  );
}
