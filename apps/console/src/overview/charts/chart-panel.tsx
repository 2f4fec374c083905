import { ActionIcon, Box, Center, Group, Table, Text, Title, Tooltip } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../overview.module.css';
import { HEIGHT } from './looks';

interface ChartPanelProps {
  readonly title: string;
  /** What it says, in a sentence, to those who do not see it. */
  readonly summary: string;
  readonly columns: readonly string[];
  /** The same numbers, the time first. */
  readonly rows: readonly (readonly ReactNode[])[];
  /** There is nothing to draw: a sentence says so instead of bare axes. */
  readonly empty?: boolean;
  /** The sentence; that there were no attempts, when absent. */
  readonly none?: string;
  readonly children: ReactNode;
}

/** A chart that can be read as a table as well. It is drawn once it is in sight: drawing takes longer than all else on its page. */
export function ChartPanel({ title, summary, columns, rows, empty = false, none, children }: ChartPanelProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const { ref, inViewport } = useInViewport<HTMLElement>();
  const [isSeen, setSeen] = useState(false);
  useEffect(() => setSeen((before) => before || inViewport), [inViewport]);
  const numbers = t('overview.chart.numbers', { chart: title });
  const label = t(asTable ? 'overview.chart.asChart' : 'overview.chart.asTable', { chart: title });
  return (
    <section className={classes.panel} aria-labelledby={titleId}>
      <Group justify="space-between" align="flex-start" mb="sm" wrap="nowrap">
        <Title order={2} size="h4" id={titleId}>
          {title}
        </Title>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? <IconChartBar size={17} aria-hidden /> : <IconTable size={17} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      </Group>
      {asTable ? (
        <Table.ScrollContainer minWidth={320} maxHeight={260} type="native" tabIndex={0} role="region" aria-label={numbers}>
          <Table verticalSpacing={6} stickyHeader aria-label={numbers}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column} scope="col">
                    {column}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(([time, ...values], row) => (
                <Table.Tr key={row}>
                  <Table.Th scope="row" fw={400}>
                    {time}
                  </Table.Th>
                  {values.map((value, column) => (
                    <Table.Td key={column}>{value}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        <figure ref={ref} className={classes.chart} aria-label={summary} role="img">
          {empty ? (
            <Center h={HEIGHT}>
              <Text size="sm" c="dimmed">
                {none ?? t('overview.chart.none')}
              </Text>
            </Center>
          ) : isSeen ? (
            children
          ) : (
            <Box h={HEIGHT} />
          )}
        </figure>
      )}
    </section>
  );
}
