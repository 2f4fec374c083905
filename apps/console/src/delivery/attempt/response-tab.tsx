import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX, IconScissors } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AttemptDetail } from '../../api';
import { CodeView, StatusWord } from '../../shown';
import { useFailureWords } from '../failure-words';
import { durationText } from '../measures';
import { isJson, prettyJson } from '../pretty-json';
import { HeaderTable } from './headers-tab';

/** Status, headers and body of the answer; what came is shown as text, whatever it claims to be. */
export function ResponseTab({ attempt }: { readonly attempt: AttemptDetail }) {
  const { t } = useTranslation();
  const failure = useFailureWords()(attempt);
  const { response, status, durationMs } = attempt;
  if (!response) {
    return (
      <Alert
        color="red"
        variant="light"
        icon={<IconPlugConnectedX size={18} aria-hidden />}
        title={failure?.words ?? t('delivery.response.none')}
      >
        {t('delivery.response.none')} {failure?.hint}
      </Alert>
    );
  }
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Text fz={28} fw={650} lh={1} ff="monospace">
          {response.status}
        </Text>
        <StatusWord status={status} />
        <Text size="sm" c="dimmed">
          {t('delivery.response.after', { duration: durationText(durationMs) })}
        </Text>
      </Group>
      {failure ? (
        <Text>
          {failure.words}. {failure.hint}
        </Text>
      ) : null}
      {response.truncated ? (
        <Alert color="yellow" variant="light" icon={<IconScissors size={18} aria-hidden />}>
          {t('delivery.response.truncated')}
        </Alert>
      ) : null}
      {response.body === '' ? (
        <Text c="dimmed">{t('delivery.response.empty')}</Text>
      ) : (
        <CodeView
          text={prettyJson(response.body)}
          label={t('delivery.response.body')}
          language={isJson(response.body) ? 'json' : 'text'}
          maxHeight="50vh"
        />
      )}
      <HeaderTable title={t('delivery.headers.response')} headers={response.headers} />
    </Stack>
  );
}
