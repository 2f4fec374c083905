import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { Sparkline } from './sparkline';

/** A rate in figures, rounded down: 99.96 % is not all. */
export function useSuccessRate(): (counts: { readonly succeeded: number; readonly failed: number }) => string {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1, roundingMode: 'floor' });
  return ({ succeeded, failed }) => (succeeded + failed === 0 ? '–' : format.format(succeeded / (succeeded + failed)));
}

/** Of the last 24 hours: the rate in figures, and hour by hour. */
export function SuccessCell({ counts }: Pick<Webhook, 'counts'>) {
  const { t } = useTranslation();
  const rate = useSuccessRate();
  if (!counts) {
    return (
      <Text size="sm" c="dimmed">
        {t('webhooks.success.unknown')}
      </Text>
    );
  }
  const { succeeded, failed, hours } = counts;
  if (succeeded + failed === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('webhooks.success.none')}
      </Text>
    );
  }
  return (
    <Stack gap={2} title={t('webhooks.success.counts', { succeeded, failed })}>
      <Text size="sm" fw={500}>
        {rate(counts)}
      </Text>
      <Sparkline hours={hours ?? []} />
    </Stack>
  );
}
