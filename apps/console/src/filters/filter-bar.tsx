import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { Children, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filters.module.css';

interface FilterBarProps {
  /** The one that is always in sight. */
  readonly main: ReactNode;
  /** What the others narrow by now; how many do is said where they are folded. */
  readonly values?: readonly unknown[];
  readonly children: ReactNode;
}

/** From so many on they would fill the screen of a phone. */
const FOLDED_FROM = 3;

/** The filters of a list, as many in a row as fit; on a phone many are folded behind a button. */
export function FilterBar({ main, values = [], children }: FilterBarProps) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const folds = Children.count(children) >= FOLDED_FROM;
  const count = values.filter((value) => value !== undefined).length;
  return (
    <div className={classes.bar} role="search" aria-label={t('filters.label')} data-folds={folds || undefined}>
      {main}
      {folds ? (
        <Button
          className={classes.unfold}
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {t(count > 0 ? 'filters.foldedInUse' : 'filters.folded', { count })}
        </Button>
      ) : null}
      <div id={id} className={classes.others} data-open={isOpen || undefined}>
        {children}
      </div>
    </div>
  );
}
