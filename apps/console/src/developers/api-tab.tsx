import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBraces, IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../webhook';
import { Section } from './section';

/** Where the API is described, and a first call. */
export function ApiTab() {
  const { t } = useTranslation();
  const { origin } = location;
  return (
    <Stack>
      <Text>{t('developers.api.intro')}</Text>
      <Group>
        <Button component="a" href="/docs" target="_blank" rel="noopener" rightSection={<IconExternalLink size={15} aria-hidden />}>
          {t('developers.api.reference')}
        </Button>
        <Button
          component="a"
          href="/openapi.json"
          target="_blank"
          rel="noopener"
          variant="default"
          leftSection={<IconBraces size={16} aria-hidden />}
        >
          {t('developers.api.document')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('developers.api.rules')}
      </Text>
      <Section title={t('developers.api.try')}>
        <CodeBlock label={t('developers.api.tryLabel')} code={`curl -H "Authorization: Bearer $HOOKSTREAM_KEY" ${origin}/v1/webhooks`} />
      </Section>
      <Section title={t('developers.api.publish')}>
        <CodeBlock
          label={t('developers.api.publish')}
          code={`curl -X POST ${origin}/v1/events \\\n  -H "Authorization: Bearer $HOOKSTREAM_KEY" \\\n  -H "Content-Type: application/json" \\\n  -H "Idempotency-Key: $(uuidgen)" \\\n  -d '{"type": "order_created", "data": {"orderId": "o-1"}}'`}
        />
      </Section>
    </Stack>
  );
}
