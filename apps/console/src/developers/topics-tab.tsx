import { Button, Stack, Text } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listModules } from '../api';
import { ListStates } from '../list';
import { RowTable } from '../tables';
import { CodeBlock } from '../webhook';
import { Section } from './section';

// Contract, §3: the topics that others may read.
const OUT = [
  { name: 'attempts', key: 'webhook', kept: '7d' },
  { name: 'outcomes', key: 'webhook', kept: '7d' },
  { name: 'endpoint-health', key: 'webhook', kept: 'compact' },
  { name: 'webhook-events', key: 'webhook', kept: 'ever' },
  { name: 'dead-letters', key: 'received', kept: '30d' },
] as const;

/** Where events come in and what goes out. */
export function TopicsTab() {
  const { t } = useTranslation();
  const modules = useQuery({
    queryKey: ['catalog', 'modulesOfTopics'],
    queryFn: async () => (await listModules({ query: { limit: 100 }, throwOnError: true })).data,
  });
  const mono = (text: string) => (
    <Text span size="sm" ff="monospace">
      {text}
    </Text>
  );
  return (
    <Stack>
      <Text>{t('developers.topics.intro')}</Text>
      <Button
        component="a"
        href="/asyncapi.yaml"
        target="_blank"
        rel="noopener"
        variant="default"
        leftSection={<IconBraces size={16} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('developers.topics.document')}
      </Button>
      <Section title={t('developers.topics.in')}>
        <ListStates query={modules} empty={{ title: t('developers.topics.none') }}>
          {({ data }) => (
            <RowTable
              label={t('developers.topics.inTable')}
              rows={data}
              idOf={({ name }) => name}
              minWidth={420}
              columns={[
                { key: 'topic', label: t('developers.topics.column.topic'), data: true, cell: ({ topic }) => mono(topic) },
                {
                  key: 'holds',
                  label: t('developers.topics.column.holds'),
                  cell: ({ label }) => t('developers.topics.module', { module: label }),
                },
              ]}
            />
          )}
        </ListStates>
      </Section>
      <Section title={t('developers.topics.out')}>
        <RowTable
          label={t('developers.topics.outTable')}
          rows={OUT}
          idOf={({ name }) => name}
          columns={[
            { key: 'topic', label: t('developers.topics.column.topic'), data: true, cell: ({ name }) => mono(`hookstream.${name}`) },
            { key: 'key', label: t('developers.topics.column.key'), wide: true, cell: ({ key }) => t(`developers.topics.of.${key}`) },
            {
              key: 'kept',
              label: t('developers.topics.column.kept'),
              wide: true,
              cell: ({ kept }) => t(`developers.topics.keptFor.${kept}`),
            },
            { key: 'holds', label: t('developers.topics.column.holds'), cell: ({ name }) => t(`developers.topics.holds.${name}`) },
          ]}
        />
      </Section>
      <Section title={t('developers.topics.publish')}>
        <CodeBlock
          label={t('developers.topics.publishLabel')}
          code={`echo '{"type":"order_created","accountId":"default","data":{"orderId":"o-1"}}' |\n  kcat -b 127.0.0.1:9092 -t orders -P`}
        />
      </Section>
    </Stack>
  );
}
