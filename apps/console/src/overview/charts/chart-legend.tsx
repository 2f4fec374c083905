import classes from '../overview.module.css';

interface ChartLegendProps {
  readonly entries: readonly { readonly name: string; readonly color: string; readonly dashes?: string | undefined }[];
  readonly shape: 'dot' | 'line';
}

/** What the colours of a chart stand for. Below the chart and no part of it, which would be laid out anew once its size is known. */
export function ChartLegend({ entries, shape }: ChartLegendProps) {
  return (
    <ul className={classes.legend}>
      {entries.map(({ name, color, dashes }) => (
        <li key={name}>
          {shape === 'dot' ? (
            <span className={classes.dot} style={{ background: color }} />
          ) : (
            <svg width={18} height={8} aria-hidden>
              <line x1={0} x2={18} y1={4} y2={4} stroke={color} strokeWidth={2} strokeDasharray={dashes} />
            </svg>
          )}
          {name}
        </li>
      ))}
    </ul>
  );
}
