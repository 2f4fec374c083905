import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { StatusWord, TimeText } from '../shown';
import classes from './webhooks.module.css';

/** Last Event Hit: which event, when, and how it went. */
export function LastEventCell({ lastEvent }: Pick<Webhook, 'lastEvent'>) {
  const { t } = useTranslation();
  if (!lastEvent) {
    return (
      <Text size="sm" c="dimmed">
        {t('webhooks.lastEvent.none')}
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      <Text size="sm" ff="monospace" data-value>
        {lastEvent.type}
      </Text>
      <Group className={classes.lastResult}>
        <span className={classes.keep}>
          <StatusWord status={lastEvent.status === 'succeeded' ? 'succeeded' : 'failed'} />
        </span>
        <Text size="xs" c="dimmed" className={classes.keep}>
          <TimeText iso={lastEvent.time} />
        </Text>
      </Group>
    </Stack>
  );
}
