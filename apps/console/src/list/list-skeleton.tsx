import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';

/** The shape of a list that is on its way. */
export function ListSkeleton({ rows = 8 }: { readonly rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <VisuallyHidden>{t('list.loading')}</VisuallyHidden>
      <div className={classes.skeleton} aria-hidden>
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className={classes.skeletonRow}>
            <Skeleton height={12} width={`${22 + ((row * 7) % 12)}%`} />
            <Skeleton height={12} width={`${28 + ((row * 11) % 14)}%`} />
            <Skeleton height={12} width="12%" />
            <Skeleton height={12} width="10%" />
          </div>
        ))}
      </div>
    </div>
  );
}
