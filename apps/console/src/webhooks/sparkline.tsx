import { hourBars, type HourCounts } from './hour-bars';
import classes from './webhooks.module.css';

interface SparklineProps {
  /** Oldest first. */
  readonly hours: readonly HourCounts[];
}

const HEIGHT = 22;
const BAR = 2;
const GAP = 1;
/** So that one among thousands is seen. */
const LEAST = 2;

/** How many succeeded and failed in each hour. The figures beside it say the same, so that it need not be read out. */
export function Sparkline({ hours }: SparklineProps) {
  const { line, bars } = hourBars(hours);
  const least = (part: number) => (part === 0 ? 0 : Math.max(LEAST, part * HEIGHT));
  const hasFailed = bars.some(({ down }) => down > 0);
  const y = Math.min(line * HEIGHT, HEIGHT - (hasFailed ? LEAST : 0));
  return (
    <svg width={hours.length * (BAR + GAP)} height={HEIGHT} aria-hidden className={classes.sparkline}>
      {bars.map(({ up, down }, index) => {
        const x = index * (BAR + GAP);
        return (
          <g key={index}>
            {up + down === 0 ? <rect x={x} y={Math.min(y, HEIGHT - 1)} width={BAR} height={1} data-part="none" /> : null}
            <rect x={x} y={y - up * HEIGHT} width={BAR} height={up * HEIGHT} data-part="good" />
            <rect x={x} y={y} width={BAR} height={least(down)} data-part="bad" />
          </g>
        );
      })}
    </svg>
  );
}
