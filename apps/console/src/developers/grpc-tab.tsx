import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../shown';
import { CodeBlock } from '../webhook';
import { Section } from './section';

const PROTOS = import.meta.glob<string>('../../../../libs/contracts/proto/hookstream/v1/*.proto', { query: '?raw', import: 'default' });

/** Command lines and the protocol files themselves. */
export function GrpcTab() {
  const { t } = useTranslation();
  const address = `${location.hostname}:50051`;
  const header = `-H "authorization: Bearer $HOOKSTREAM_KEY"`;
  return (
    <Stack>
      <Text>{t('developers.grpc.intro')}</Text>
      <Section title={t('developers.grpc.commands')}>
        <CodeBlock
          label={t('developers.grpc.commands')}
          code={[
            `grpcurl -plaintext ${address} list`,
            `grpcurl -plaintext ${address} describe hookstream.v1.WebhookService`,
            `grpcurl -plaintext ${header} \\\n  -d '{}' ${address} hookstream.v1.WebhookService/ListWebhooks`,
            `grpcurl -plaintext ${header} \\\n  -d '{}' ${address} hookstream.v1.DeliveryService/WatchAttempts`,
          ].join('\n')}
        />
      </Section>
      <Section title={t('developers.grpc.proto')}>
        <Group gap="xs">
          {Object.entries(PROTOS).map(([path, load]) => {
            const file = path.split('/').at(-1)!;
            return (
              <Button
                key={file}
                variant="default"
                size="xs"
                ff="monospace"
                leftSection={<IconDownload size={14} aria-hidden />}
                onClick={() => void load().then((text) => saveFile(file, new Blob([text], { type: 'text/plain' })))}
                aria-label={t('developers.grpc.save', { file })}
              >
                {file}
              </Button>
            );
          })}
        </Group>
      </Section>
    </Stack>
  );
}
