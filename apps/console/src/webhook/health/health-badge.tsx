import { Badge, Tooltip } from '@mantine/core';
import type { Webhook } from '../../api';
import { LOOKS } from './health-looks';
import { healthState } from './health-state';
import { useHealthWords } from './use-health-words';

/** Health as an icon and a word; the whole sentence in a tooltip. */
export function HealthBadge({ webhook }: { readonly webhook: Webhook }) {
  const state = healthState(webhook);
  const words = useHealthWords()(state);
  const { icon: Icon, color } = LOOKS[state.kind];
  return (
    <Tooltip label={words.long} disabled={words.long === words.short} multiline maw={360}>
      <Badge
        miw="max-content"
        color={color}
        leftSection={<Icon size={13} aria-hidden />}
        tabIndex={words.long === words.short ? undefined : 0}
      >
        {words.short}
      </Badge>
    </Tooltip>
  );
}
