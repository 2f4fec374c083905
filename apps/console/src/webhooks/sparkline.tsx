import classes from './webhooks.module.css';

interface SparklineProps {
  /** Oldest first. */
  readonly hours: readonly { readonly succeeded: number; readonly failed: number }[];
}

const HEIGHT = 22;
const BAR = 2;
const GAP = 1;

/** How many succeeded and failed in each hour. The figures beside it say the same, so that it need not be read out. */
export function Sparkline({ hours }: SparklineProps) {
  const most = Math.max(1, ...hours.map(({ succeeded, failed }) => succeeded + failed));
  return (
    <svg width={hours.length * (BAR + GAP)} height={HEIGHT} aria-hidden className={classes.sparkline}>
      {hours.map(({ succeeded, failed }, index) => {
        const all = ((succeeded + failed) / most) * HEIGHT;
        const bad = failed === 0 ? 0 : Math.max(2, (failed / most) * HEIGHT);
        const x = index * (BAR + GAP);
        return (
          <g key={index}>
            {succeeded + failed === 0 ? <rect x={x} y={HEIGHT - 1} width={BAR} height={1} data-part="none" /> : null}
            <rect x={x} y={HEIGHT - all} width={BAR} height={Math.max(0, all - bad)} data-part="good" />
            <rect x={x} y={HEIGHT - bad} width={BAR} height={bad} data-part="bad" />
          </g>
        );
      })}
    </svg>
  );
}
