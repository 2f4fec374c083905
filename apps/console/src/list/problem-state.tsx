import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api';
import { CopyIcon } from '../shown';
import { StateNotice } from './state-notice';

interface ProblemStateProps {
  /** Whatever the call threw. */
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A read that failed: what happened, the trace id to tell those who run Hookstream, and another try. */
export function ProblemState({ error, onRetry }: ProblemStateProps) {
  const { t } = useTranslation();
  const { title, detail, traceId } = problemOf(error);
  return (
    <StateNotice
      role="alert"
      icon={<IconAlertTriangle size={22} />}
      title={title}
      action={
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
          {t('list.tryAgain')}
        </Button>
      }
    >
      {detail}
      {traceId ? (
        <Group gap={4} justify="center" mt={4}>
          <Text size="sm" c="dimmed">
            {t('list.traceId')}{' '}
            <Text span ff="monospace" size="sm">
              {traceId}
            </Text>
          </Text>
          <CopyIcon text={traceId} label={t('list.copyTraceId')} />
        </Group>
      ) : null}
    </StateNotice>
  );
}
