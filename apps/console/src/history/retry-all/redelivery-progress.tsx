import { ActionIcon, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Redelivery } from '../../api';
import { useSession } from '../../app';
import { ConfirmDialog, StatusWord, TimeText } from '../../shown';
import { isUnderWay, useCancelRedelivery } from './use-redeliveries';

interface RedeliveryProgressProps {
  readonly redelivery: Redelivery;
  /** What is retried: the name of a webhook, or the type of an event. */
  readonly of: string;
  readonly onDismiss?: () => void;
}

const COLORS = { preparing: 'blue', running: 'indigo', completed: 'green', cancelled: 'gray', failed: 'red', counted: 'gray' } as const;

/** How far a retry of many deliveries has come; it can be cancelled while it runs. */
export function RedeliveryProgress({ redelivery, of, onDismiss }: RedeliveryProgressProps) {
  const { t } = useTranslation();
  const mayCancel = useSession().may('deliveries:redeliver');
  const [asking, setAsking] = useState(false);
  const cancel = useCancelRedelivery(() => setAsking(false));
  const { id, status, count, countIsLowerBound, sent, skipped, remaining, succeeded, failed, startedAt, problem } = redelivery;
  const running = isUnderWay(redelivery);
  const done = sent + skipped;
  const shownCount = `${count.toLocaleString('en')}${countIsLowerBound ? '+' : ''}`;
  const sentence = t(`history.progress.${status}`, { done: sent.toLocaleString('en'), count: shownCount });
  return (
    <Paper withBorder radius="md" p="md" role="group" aria-label={t('history.progress.label')} data-redelivery={status}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Stack gap={4}>
          <Group gap="xs">
            <StatusWord status={status} />
            <Text fw={600} role="status">
              {sentence}
            </Text>
          </Group>
          <Group gap="sm">
            {succeeded !== null && sent > 0 ? <Small words={t('history.progress.succeeded', { count: succeeded })} /> : null}
            {failed ? <Small words={t('history.progress.failedCount', { count: failed })} /> : null}
            {skipped > 0 ? <Small words={t('history.progress.skipped', { count: skipped })} /> : null}
            {startedAt ? (
              <Text size="sm" c="dimmed">
                <TimeText iso={startedAt} />
              </Text>
            ) : null}
            {problem ? <Small words={problem} /> : null}
          </Group>
        </Stack>
        {running && mayCancel ? (
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            {t('history.progress.cancel')}
          </Button>
        ) : onDismiss && !running ? (
          <ActionIcon variant="subtle" color="gray" aria-label={t('history.progress.dismiss')} onClick={onDismiss}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        ) : null}
      </Group>
      <Progress
        mt="sm"
        size="sm"
        radius="xl"
        color={COLORS[status]}
        value={count === 0 ? (running ? 0 : 100) : (done / count) * 100}
        striped={running}
        animated={running}
        aria-label={sentence}
      />
      <ConfirmDialog
        opened={asking && running}
        onClose={() => setAsking(false)}
        title={t('history.progress.cancelTitle', { of })}
        confirm={t('history.progress.cancel')}
        onConfirm={() => id && cancel.mutate(id)}
        pending={cancel.isPending}
        error={cancel.error}
      >
        {t('history.progress.cancelText', { count: remaining })}
      </ConfirmDialog>
    </Paper>
  );
}

function Small({ words }: { readonly words: string }) {
  return (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  );
}
