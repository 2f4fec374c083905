import { CopyIcon } from '../../shown';
import classes from './secrets.module.css';

interface CodeBlockProps {
  readonly code: string;
  readonly label: string;
}

/** Text to be copied as it stands. It can be scrolled with the keyboard too. */
export function CodeBlock({ code, label }: CodeBlockProps) {
  return (
    <div className={classes.codeBlock}>
      <pre className={classes.code} tabIndex={0} role="region" aria-label={label}>
        {code}
      </pre>
      <div className={classes.copy}>
        <CopyIcon text={code} label={label} />
      </div>
    </div>
  );
}
