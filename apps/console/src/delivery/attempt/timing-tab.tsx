import { Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AttemptDetail } from '../../api';
import classes from '../delivery.module.css';
import { durationText } from '../measures';
import { phasesOf, unfinished } from '../timing-phases';

/** Where the time went, phase by phase, as figures and as bars. */
export function TimingTab({ attempt: { timings, resolvedAddress } }: { readonly attempt: AttemptDetail }) {
  const { t } = useTranslation();
  const stuck = unfinished(timings);
  const phases: { readonly name: string; readonly from: number; readonly to: number }[] = [
    ...phasesOf(timings),
    ...(stuck ? [{ name: 'unfinished', ...stuck }] : []),
  ];
  const total = Math.max(timings.total, ...phases.map(({ to }) => to), 0.001);
  const reused = timings.firstByte !== null && timings.connect === null;
  return (
    <Stack gap="sm">
      <Table verticalSpacing={8} horizontalSpacing="xs" aria-label={t('delivery.timing.label')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('delivery.timing.phase')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('delivery.timing.began')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('delivery.timing.took')}
            </Table.Th>
            <Table.Th scope="col" w="45%">
              <VisuallyHidden>{t('delivery.timing.chart', { total: durationText(total) })}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {phases.map(({ name, from, to }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {t(`delivery.timing.${name}`)}
              </Table.Th>
              <Table.Td ta="right">{durationText(from)}</Table.Td>
              <Table.Td ta="right">{durationText(to - from)}</Table.Td>
              <Table.Td>
                <div className={classes.bar} aria-hidden>
                  <span data-phase={name} style={{ left: `${(from / total) * 100}%`, width: `${((to - from) / total) * 100}%` }} />
                </div>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t('delivery.timing.total')}</Table.Th>
            <Table.Td />
            <Table.Td ta="right" fw={600}>
              {durationText(timings.total)}
            </Table.Td>
            <Table.Td />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
      {reused ? (
        <Text size="sm" c="dimmed">
          {t('delivery.timing.reused')}
        </Text>
      ) : null}
      {resolvedAddress ? (
        <Text size="sm" c="dimmed">
          {t('delivery.timing.address')}{' '}
          <Text span ff="monospace" size="sm">
            {resolvedAddress}
          </Text>
        </Text>
      ) : null}
    </Stack>
  );
}
