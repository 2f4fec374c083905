import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api';
import { CopyIcon } from '../shown';
import { StateNotice } from './state-notice';

/** However often it is asked for, the key stays the same. */
const LACKS_SCOPE = 'SCOPE_MISSING';

interface ProblemStateProps {
  /** Whatever the call threw. */
  readonly error: unknown;
  readonly onRetry: () => void;
  /** 1 where nothing else heads the page. */
  readonly headingOrder?: 1 | 2 | 3;
}

/** A read that failed: what happened, the trace id to tell those who run Hookstream, and another try. */
export function ProblemState({ error, onRetry, headingOrder = 2 }: ProblemStateProps) {
  const { t } = useTranslation();
  const { title, detail, traceId, code } = problemOf(error);
  return (
    <StateNotice
      role="alert"
      icon={<IconAlertTriangle size={22} />}
      title={title}
      headingOrder={headingOrder}
      action={
        code === LACKS_SCOPE ? null : (
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
            {t('list.tryAgain')}
          </Button>
        )
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
