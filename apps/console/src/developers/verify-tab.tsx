import { Card, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { VerifySnippets } from '../webhook';

/** How receivers check signatures, in seven languages. */
export function VerifyTab() {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text>{t('developers.verify.intro')}</Text>
      <Card withBorder radius="md" padding="lg">
        <VerifySnippets />
      </Card>
    </Stack>
  );
}
