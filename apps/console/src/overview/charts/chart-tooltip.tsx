import { Paper, Text } from '@mantine/core';
import classes from '../overview.module.css';

interface Entry {
  readonly name?: unknown;
  readonly value?: unknown;
  readonly color?: string | undefined;
}

interface ChartTooltipProps {
  readonly active?: boolean;
  readonly label?: unknown;
  readonly payload?: readonly Entry[];
  readonly shown: (value: number) => string;
  /** Leaves out what is nothing. */
  readonly withoutZeros?: boolean;
}

export function ChartTooltip({ active = false, label, payload = [], shown, withoutZeros = false }: ChartTooltipProps) {
  const entries = payload.filter(({ value }) => typeof value === 'number' && !(withoutZeros && value === 0));
  if (!active || entries.length === 0) return null;
  return (
    <Paper shadow="md" withBorder p="xs">
      <Text size="xs" c="dimmed" mb={4}>
        {String(label)}
      </Text>
      {entries.map(({ name, value, color }) => (
        <div key={String(name)} className={classes.tooltipRow}>
          <span className={classes.dot} style={{ background: color }} />
          <span>{String(name)}</span>
          <strong>{shown(value as number)}</strong>
        </div>
      ))}
    </Paper>
  );
}
