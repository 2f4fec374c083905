import { Badge, Text, Tooltip } from '@mantine/core';
import type { Webhook } from '../../api';
import classes from './health.module.css';
import { LOOKS } from './health-looks';
import { healthState } from './health-state';
import { useHealthWords } from './use-health-words';

/** Health as an icon and words, with how much failed where it is paused; the whole sentence in a tooltip. */
export function HealthBadge({ webhook }: { readonly webhook: Webhook }) {
  const state = healthState(webhook);
  const words = useHealthWords()(state);
  const { icon: Icon, color } = LOOKS[state.kind];
  return (
    <Tooltip label={words.long} disabled={words.long === words.short} multiline maw={360}>
      <div>
        <Badge
          className={classes.badge}
          color={color}
          leftSection={<Icon size={13} aria-hidden />}
          tabIndex={words.long === words.short ? undefined : 0}
        >
          {words.short}
        </Badge>
        {words.why ? (
          <Text size="xs" c="dimmed" maw="9rem">
            {words.why}
          </Text>
        ) : null}
      </div>
    </Tooltip>
  );
}
