import { Alert, Anchor, Button, Card, Code, Group, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconPlus, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EventType, getEventType } from '../api';
import { Page, useSession } from '../app';
import { ProblemState } from '../list';
import { CodeView, expectCode, MarkedText, TimeText } from '../shown';
import { SendTestDialog } from './send-test-dialog';

expectCode();

/** One event type: what it means, its schema and a sample. */
export function EventTypePage() {
  const { t } = useTranslation();
  const { eventType = '' } = useParams({ strict: false });
  const { may } = useSession();
  const [testing, setTesting] = useState(false);
  const type = useQuery({
    queryKey: ['eventType', eventType],
    queryFn: async () => (await getEventType({ path: { type: eventType }, throwOnError: true })).data,
  });
  if (!type.data) {
    return (
      <Page title={eventType}>
        <Card withBorder radius="md" padding="lg">
          {type.error ? <ProblemState error={type.error} onRetry={() => void type.refetch()} /> : <Skeleton height={300} />}
        </Card>
      </Page>
    );
  }
  const { name, label, description, combines, deprecated, redact, schema, sample } = type.data;
  const mayWrite = may('webhooks:write');
  return (
    <Page
      title={name}
      hint={
        <>
          {label} · <MarkedText text={description} />
        </>
      }
      actions={
        mayWrite ? (
          <>
            {combines.length === 0 ? (
              <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} onClick={() => setTesting(true)}>
                {t('catalog.detail.test')}
              </Button>
            ) : null}
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              renderRoot={(props) => <Link to="/webhooks/new" search={{ event: name } as never} {...props} />}
            >
              {t('catalog.detail.subscribe')}
            </Button>
          </>
        ) : null
      }
    >
      {deprecated ? (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('catalog.detail.deprecatedWords')}>
          {deprecated.message} {deprecated.replacedBy ? t('catalog.detail.replacedBy', { type: deprecated.replacedBy }) : ''}
        </Alert>
      ) : null}
      <Figures type={type.data} />
      {combines.length > 0 ? (
        <Panel title={t('catalog.detail.combines')}>
          <Group gap="sm" mb="xs">
            {combines.map((member) => (
              <Anchor
                key={member}
                ff="monospace"
                renderRoot={(props) => <Link to="/catalog/$eventType" params={{ eventType: member }} {...props} />}
              >
                {member}
              </Anchor>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {t('catalog.detail.combinesHint')}
          </Text>
        </Panel>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t('catalog.detail.sample')}>
            <CodeView text={JSON.stringify(sample, null, 2)} label={t('catalog.detail.sample')} />
          </Panel>
          <Panel title={t('catalog.detail.schema')}>
            <Text size="sm" c="dimmed" mb="xs">
              {t('catalog.detail.schemaHint')}
            </Text>
            <CodeView text={JSON.stringify(schema, null, 2)} label={t('catalog.detail.schema')} />
            {redact.length > 0 ? (
              <Text size="sm" mt="xs">
                {t('catalog.detail.redact')}{' '}
                {redact.map((pointer) => (
                  <Code key={pointer} mr={6}>
                    {pointer}
                  </Code>
                ))}
              </Text>
            ) : null}
          </Panel>
        </SimpleGrid>
      )}
      {testing ? <SendTestDialog eventType={name} onClose={() => setTesting(false)} /> : null}
    </Page>
  );
}

function Figures({ type: { module, subscribers, volume7d, updatedAt, version, origin } }: { readonly type: EventType }) {
  const { t } = useTranslation();
  const figures: readonly (readonly [string, ReactNode])[] = [
    ['module', module],
    ['subscribers', subscribers ?? t('catalog.unknown')],
    ['volume', volume7d?.toLocaleString('en') ?? t('catalog.unknown')],
    ['updated', <TimeText key="updated" iso={updatedAt} />],
    ['version', `${version}, ${t(`catalog.detail.originIs.${origin}`)}`],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 5 }}>
      {figures.map(([name, value]) => (
        <Card key={name} withBorder radius="md" padding="md">
          <Stack gap={2}>
            <Text size="sm" c="dimmed">
              {t(`catalog.detail.${name}`)}
            </Text>
            <Text fw={600} component="div">
              {value}
            </Text>
          </Stack>
        </Card>
      ))}
    </SimpleGrid>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Card component="section" withBorder radius="md" padding="lg" aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}
