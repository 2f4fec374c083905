import { Tooltip } from '@mantine/core';
import { useNow } from './now';
import classes from './shown.module.css';
import { useTimeFormat } from './use-time-format';

interface TimeTextProps {
  readonly iso: string;
  /** `clock`: the time of day instead of how long ago. */
  readonly as?: 'relative' | 'clock' | 'full';
}

/** A time as one says it; the exact one, in ISO form with its zone, in a tooltip that the keyboard reaches too. */
export function TimeText({ iso, as = 'relative' }: TimeTextProps) {
  const format = useTimeFormat();
  const now = useNow();
  // What is newer than the shared clock is not in the future.
  const text = as === 'relative' ? format.relative(iso, Math.max(now, Math.min(Date.parse(iso), Date.now()))) : format[as](iso);
  return (
    <Tooltip label={format.exact(iso)}>
      <time dateTime={iso} className={classes.time} tabIndex={0}>
        {text}
      </time>
    </Tooltip>
  );
}
