import { Group, Switch, Text, VisuallyHidden } from '@mantine/core';
import { IconAccessPoint, IconAccessPointOff, IconLoader2, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from './live-stream';

const LOOKS = {
  connecting: ['dimmed', IconLoader2],
  live: ['green', IconAccessPoint],
  waiting: ['orange', IconPlugConnectedX],
  refused: ['red', IconPlugConnectedX],
  off: ['dimmed', IconAccessPointOff],
} as const;

interface LiveToggleProps {
  readonly on: boolean;
  readonly state: LiveState;
  readonly onToggle: (on: boolean) => void;
}

/** Whether new attempts are watched for, and whether that works. */
export function LiveToggle({ on, state, onToggle }: LiveToggleProps) {
  const { t } = useTranslation();
  const shown = on ? state : 'off';
  const [color, Icon] = LOOKS[shown];
  return (
    <Group gap={8} wrap="nowrap">
      <Switch size="sm" checked={on} onChange={({ currentTarget }) => onToggle(currentTarget.checked)} label={t('history.live.toggle')} />
      <Text size="sm" c={color} display="inline-flex" style={{ alignItems: 'center', gap: 4 }} aria-hidden>
        <Icon size={15} />
        {t(`history.live.${shown}`)}
      </Text>
      <VisuallyHidden role="status">{t('history.live.state', { state: t(`history.live.${shown}`) })}</VisuallyHidden>
    </Group>
  );
}
