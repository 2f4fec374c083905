import { Badge } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconHeartbeat,
  IconHourglass,
  IconLoader2,
  IconPlayerPause,
  IconRefresh,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

// The whole of what has a status: attempts, deliveries, events, webhooks and their health, redeliveries.
const LOOKS = {
  succeeded: ['green', IconCircleCheck],
  failed: ['red', IconCircleX],
  retrying: ['yellow', IconRefresh],
  pending: ['blue', IconClock],
  queued: ['blue', IconClock],
  discarded: ['gray', IconCircleMinus],
  unmatched: ['gray', IconCircleDashed],
  running: ['blue', IconLoader2],
  preparing: ['blue', IconHourglass],
  counted: ['gray', IconCircleDashed],
  completed: ['green', IconCircleCheck],
  cancelled: ['gray', IconBan],
  enabled: ['green', IconCircleCheck],
  disabled: ['gray', IconCircleMinus],
  healthy: ['green', IconHeartbeat],
  failing: ['yellow', IconAlertTriangle],
  paused: ['orange', IconPlayerPause],
  probing: ['yellow', IconRefresh],
  closed: ['green', IconCircleCheck],
  open: ['orange', IconPlayerPause],
  'half-open': ['yellow', IconRefresh],
  unknown: ['gray', IconAlertCircle],
} as const satisfies Record<string, readonly [string, ComponentType<{ size?: number }>]>;

export type ShownStatus = keyof typeof LOOKS;

interface StatusWordProps {
  readonly status: ShownStatus;
  /** Instead of the status's own word. */
  readonly word?: string;
}

/** A status as icon and word, never by colour alone. */
export function StatusWord({ status, word }: StatusWordProps) {
  const { t } = useTranslation();
  const [color, Icon] = LOOKS[status];
  return (
    <Badge miw="max-content" color={color} leftSection={<Icon size={13} aria-hidden />} data-status={status}>
      {word ?? t(`shown.status.${status}`)}
    </Badge>
  );
}
