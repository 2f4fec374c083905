import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleOff,
  IconCircleX,
  IconPlayerPause,
  IconRadar2,
  IconTrashX,
} from '@tabler/icons-react';
import type { HealthKind } from './health-state';

/** Icon and colour of each; the word stands beside them always. */
export const LOOKS: Readonly<Record<HealthKind, { readonly icon: typeof IconCircleX; readonly color: string }>> = {
  healthy: { icon: IconCircleCheck, color: 'teal' },
  troubled: { icon: IconAlertTriangle, color: 'yellow' },
  paused: { icon: IconPlayerPause, color: 'orange' },
  probing: { icon: IconRadar2, color: 'blue' },
  failing: { icon: IconCircleX, color: 'red' },
  gone: { icon: IconTrashX, color: 'red' },
  off: { icon: IconCircleOff, color: 'gray' },
};
