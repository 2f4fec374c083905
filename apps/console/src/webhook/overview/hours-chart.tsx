import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusWord } from '../../shown';
import { hourBars, type HourCounts } from '../../webhooks';
import classes from './overview.module.css';

interface HoursChartProps {
  /** The last 24 hours, oldest first. */
  readonly hours: readonly HourCounts[];
}

/** Attempts of each hour, as bars or as a table. What failed hangs below the line. */
export function HoursChart({ hours }: HoursChartProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const most = Math.max(...hours.map(({ succeeded, failed }) => succeeded + failed), 0);
  if (most === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('webhook.overview.noHours')}
      </Text>
    );
  }
  const { line, bars } = hourBars(hours);
  const ago = (index: number) => t('webhook.overview.hoursAgo', { count: hours.length - 1 - index });
  return (
    <>
      {asTable ? (
        <Table verticalSpacing={4} className={classes.hours}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('webhook.overview.hour')}</Table.Th>
              <Table.Th scope="col">{t('webhook.overview.delivered')}</Table.Th>
              <Table.Th scope="col">{t('webhook.overview.failed')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {hours.map(({ succeeded, failed }, index) => (
              <Table.Tr key={index}>
                <Table.Th scope="row" fw={400}>
                  {ago(index)}
                </Table.Th>
                <Table.Td>{succeeded}</Table.Td>
                <Table.Td>{failed}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <div className={classes.chart} role="img" aria-label={t('webhook.overview.chart', { most })}>
          {hours.map(({ succeeded, failed }, index) => (
            <svg key={index} viewBox="0 0 10 100" preserveAspectRatio="none" className={classes.bar}>
              <title>{t('webhook.overview.bar', { hour: ago(index), succeeded, failed })}</title>
              <rect x={0} width={10} y={(line - bars[index]!.up) * 100} height={bars[index]!.up * 100} data-part="good" />
              <rect x={0} width={10} y={line * 100} height={bars[index]!.down * 100} data-part="bad" />
              <rect x={0} width={10} y={Math.min(line * 100, 99)} height={1} data-part="none" />
            </svg>
          ))}
        </div>
      )}
      <Group mt="xs" justify="space-between">
        {asTable ? null : (
          <Group gap="xs">
            <StatusWord status="succeeded" word={t('webhook.overview.above')} />
            <StatusWord status="failed" word={t('webhook.overview.below')} />
          </Group>
        )}
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsTable(!asTable)} aria-pressed={asTable}>
          {t('webhook.overview.asTable')}
        </Button>
      </Group>
    </>
  );
}
