import { Alert, Anchor, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api';
import { durationText, isJson, prettyJson, useFailureWords } from '../../delivery';
import { CodeView } from '../../shown';
import type { useTestSend } from './use-test-send';

interface TestResultProps {
  readonly webhook: Webhook;
  readonly test: Pick<ReturnType<typeof useTestSend>, 'sent' | 'attempt' | 'overdue'>;
}

/** How a test went, in place: what the receiver answered, or why it could not. */
export function TestResult({ webhook, test: { attempt, sent, overdue } }: TestResultProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  if (!attempt) {
    return (
      <Group gap="xs">
        {overdue ? null : <Loader size="xs" aria-hidden />}
        <Text size="sm">{t(overdue ? 'webhook.test.overdue' : 'webhook.test.queued')}</Text>
        {overdue ? <HistoryLink webhook={webhook} deliveryId={sent?.deliveryId} /> : null}
      </Group>
    );
  }
  const failure = failureWords(attempt);
  const body = attempt.response?.body;
  const succeeded = attempt.status === 'succeeded';
  const code = attempt.statusCode ?? t('webhook.test.noAnswer');
  return (
    <Alert
      color={succeeded ? 'teal' : 'red'}
      variant="light"
      icon={succeeded ? <IconCircleCheck size={20} aria-hidden /> : <IconCircleX size={20} aria-hidden />}
      title={t(succeeded ? 'webhook.test.succeeded' : 'webhook.test.failed', { code, duration: durationText(attempt.durationMs) })}
    >
      <Stack gap="xs">
        {failure ? <Text size="sm">{[failure.words, failure.hint].filter(Boolean).join(': ')}</Text> : null}
        {body ? (
          <CodeView
            text={prettyJson(body)}
            label={t('webhook.test.response')}
            language={isJson(body) ? 'json' : 'text'}
            maxHeight="16rem"
          />
        ) : null}
        <HistoryLink webhook={webhook} deliveryId={sent?.deliveryId} />
      </Stack>
    </Alert>
  );
}

function HistoryLink({ webhook, deliveryId }: { readonly webhook: Webhook; readonly deliveryId: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/webhooks/$webhookId/history" params={{ webhookId: webhook.id }} {...props} />}>
      {t('webhook.test.inHistory', { id: deliveryId })}
    </Anchor>
  );
}
