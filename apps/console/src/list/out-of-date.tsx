import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api';
import classes from './list.module.css';

interface OutOfDateProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Above rows that were read, but could not be read again: they may have changed since. */
export function OutOfDate({ error, onRetry }: OutOfDateProps) {
  const { t } = useTranslation();
  return (
    <Group className={classes.outOfDate} role="status" gap="sm" justify="space-between">
      <Group gap="xs" wrap="nowrap">
        <IconAlertTriangle size={16} aria-hidden />
        <Text size="sm">{t('list.outOfDate', { problem: problemOf(error).title })}</Text>
      </Group>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t('list.tryAgain')}
      </Button>
    </Group>
  );
}
