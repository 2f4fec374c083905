import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filters.module.css';

/** The filters of a list, as many in a row as fit. */
export function FilterBar({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar} role="search" aria-label={t('filters.label')}>
      {children}
    </div>
  );
}
