import { Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from './code-block';
import { VERIFY_LANGUAGES } from './verify-languages';

/** How a receiver checks that a request comes from here, in seven languages. */
export function VerifySnippets() {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<string | null>(VERIFY_LANGUAGES[0].id);
  return (
    <Stack gap="xs">
      <Tabs value={language} onChange={setLanguage} variant="pills" keepMounted={false}>
        <Tabs.List aria-label={t('webhook.verify.languages')}>
          {VERIFY_LANGUAGES.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {VERIFY_LANGUAGES.map(({ id, label, code }) => (
          <Tabs.Panel key={id} value={id} pt="xs">
            <CodeBlock code={code.trimEnd()} label={t('webhook.verify.code', { language: label })} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Text size="xs" c="dimmed">
        {t('webhook.verify.note')}
      </Text>
    </Stack>
  );
}
