import { Button } from '@mantine/core';
import { IconFilterOff, IconInbox } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ListSkeleton } from './list-skeleton';
import classes from './list.module.css';
import { ProblemState } from './problem-state';
import { StateNotice } from './state-notice';

interface ListStatesProps<Page extends { readonly data: readonly unknown[] }> {
  readonly query: Pick<UseQueryResult<Page>, 'data' | 'error' | 'refetch' | 'isPlaceholderData'>;
  /** Whether anything narrows the list. */
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly empty: { readonly title: string; readonly detail?: ReactNode; readonly action?: ReactNode; readonly icon?: ReactNode };
  readonly children: (page: Page) => ReactNode;
}

/** A list in one of its five states: skeleton, error, no match, empty, data. What was read before stays while it is read again. */
export function ListStates<Page extends { readonly data: readonly unknown[] }>(props: ListStatesProps<Page>) {
  const { t } = useTranslation();
  const { query, filtered, onClear, empty, children } = props;
  const { data: page, error } = query;
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
        {children(page)}
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
  readonly state: 'skeleton' | 'error' | 'no-match' | 'empty' | 'data';
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
