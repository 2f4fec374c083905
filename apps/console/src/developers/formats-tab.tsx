import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RowTable } from '../tables';
import { CodeBlock } from '../webhook';
import { FORMAT_EXAMPLES } from './format-examples';
import { Section } from './section';

const HEADERS = [
  'content-type',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'x-hookstream-signature',
  'x-hookstream-event',
  'x-hookstream-delivery',
  'x-hookstream-attempt',
  'x-hookstream-test',
  'traceparent',
] as const;

/** What the body looks like in each format, and which headers come with it. */
export function FormatsTab() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(FORMAT_EXAMPLES[0].format);
  const example = FORMAT_EXAMPLES.find(({ format }) => format === chosen)!;
  return (
    <Stack>
      <Text>{t('developers.formats.intro')}</Text>
      <Section title={t('developers.tab.formats')}>
        <Stack gap="sm">
          <div style={{ overflowX: 'auto' }}>
            <SegmentedControl
              size="xs"
              aria-label={t('developers.tab.formats')}
              value={chosen}
              onChange={(format) => setChosen(format as typeof chosen)}
              data={FORMAT_EXAMPLES.map(({ format }) => ({ value: format, label: t(`developers.formats.name.${format}`) }))}
            />
          </div>
          <Text size="sm" c="dimmed">
            {t('developers.formats.contentType', { type: example.contentType })}
          </Text>
          <CodeBlock label={t('developers.formats.label', { format: chosen })} code={example.body} />
        </Stack>
      </Section>
      <Section title={t('developers.formats.headers')}>
        <RowTable
          label={t('developers.formats.headersTable')}
          rows={HEADERS}
          idOf={(name) => name}
          minWidth={460}
          columns={[
            {
              key: 'name',
              label: t('developers.formats.column.name'),
              cell: (name) => (
                <Text span size="sm" ff="monospace">
                  {name}
                </Text>
              ),
            },
            { key: 'meaning', label: t('developers.formats.column.meaning'), cell: (name) => t(`developers.formats.header.${name}`) },
          ]}
        />
        <Text size="sm" c="dimmed" mt="sm">
          {t('developers.formats.methods')}
        </Text>
      </Section>
    </Stack>
  );
}
