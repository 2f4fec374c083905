import { Button } from '@mantine/core';
import { IconFileOff, IconFilterOff, IconInbox } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLink, useCursor } from './cursor-pages';
import { ListSkeleton } from './list-skeleton';
import classes from './list.module.css';
import { OutOfDate } from './out-of-date';
import { rememberPage } from './page-before';
import { ProblemState } from './problem-state';
import { StateNotice } from './state-notice';

interface ListPage {
  readonly data: readonly unknown[];
  readonly nextCursor?: string | null;
}

interface ListStatesProps<Page extends ListPage> {
  readonly query: Pick<UseQueryResult<Page>, 'error' | 'isPlaceholderData'> & {
    readonly data: Page | undefined;
    readonly refetch: () => unknown;
  };
  /** Whether anything narrows the list. Left out where nothing can. */
  readonly filtered?: boolean;
  readonly onClear?: () => void;
  readonly empty: { readonly title: string; readonly detail?: ReactNode; readonly action?: ReactNode; readonly icon?: ReactNode };
  readonly children: (page: Page) => ReactNode;
}

/**
 * A list in one of its five states: skeleton, error, no match, empty, data. What was read before stays while it is
 * read again, and when that fails, which is then said above it. A page past the last row leads back to the first one.
 */
export function ListStates<Page extends ListPage>(props: ListStatesProps<Page>) {
  const { t } = useTranslation();
  const { query, filtered = false, onClear, empty, children } = props;
  const { data: page, error } = query;
  const cursor = useCursor();
  // The rows of another page still stand here while the asked one is read.
  const next = query.isPlaceholderData ? undefined : page?.nextCursor;
  useEffect(() => {
    if (next) rememberPage(next, cursor);
  }, [next, cursor]);
  if (!page)
    return error ? (
      <Panel state="error">
        <ProblemState error={error} onRetry={() => void query.refetch()} />
      </Panel>
    ) : (
      <Panel state="skeleton">
        <ListSkeleton />
      </Panel>
    );
  if (page.data.length > 0) {
    return (
      <Panel state="data" stale={query.isPlaceholderData}>
        {error ? <OutOfDate error={error} onRetry={() => void query.refetch()} /> : null}
        {children(page)}
      </Panel>
    );
  }
  if (cursor !== undefined) {
    return (
      <Panel state="past-end">
        <StateNotice
          icon={<IconFileOff size={22} />}
          title={t('list.pastEnd')}
          action={
            <PageLink size="sm" to={undefined}>
              {t('list.firstPage')}
            </PageLink>
          }
        />
      </Panel>
    );
  }
  if (!filtered) {
    return (
      <Panel state="empty">
        <StateNotice icon={empty.icon ?? <IconInbox size={22} />} title={empty.title} action={empty.action}>
          {empty.detail}
        </StateNotice>
      </Panel>
    );
  }
  return (
    <Panel state="no-match">
      <StateNotice
        icon={<IconFilterOff size={22} />}
        title={t('list.noMatch')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('list.clearFilters')}
          </Button>
        }
      />
    </Panel>
  );
}

interface PanelProps {
  readonly state: 'skeleton' | 'error' | 'no-match' | 'past-end' | 'empty' | 'data';
  readonly stale?: boolean;
  readonly children: ReactNode;
}

function Panel({ state, stale = false, children }: PanelProps) {
  return (
    <div className={classes.panel} data-list-state={state} aria-busy={state === 'skeleton' || stale} data-stale={stale || undefined}>
      {children}
    </div>
  );
}
