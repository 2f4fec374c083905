import { Anchor, Stack, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type DeadLetter, listDeadLetters } from '../../api';
import { ChoiceFilter, FilterBar, searchText, TextFilter } from '../../filters';
import { CursorPages, ListStates } from '../../list';
import { TimeText } from '../../shown';
import { RowTable, useCursorList } from '../../tables';
import classes from '../operator.module.css';
import { DeadLetterDrawer } from './dead-letter-drawer';
import { LetterPlace, LetterStatus } from './letter-words';

const STATUSES = ['open', 'republished'] as const;
const REFRESH_MS = 10_000;

/** Records that could not be read; the open one stands in the address. */
export function DeadLettersTab() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { letter }: { letter?: unknown } = useSearch({ strict: false });
  const open = searchText(letter);
  const { list, search, filter, clear, filtered } = useCursorList(
    'deadLetters',
    ['reason', 'topic', 'status'],
    async (query) => (await listDeadLetters({ query: query as object, throwOnError: true })).data,
    { refreshMs: REFRESH_MS },
  );
  return (
    <Stack gap="md">
      <Text>{t('operator.deadLetters.intro')}</Text>
      <FilterBar
        main={
          <TextFilter
            main
            label={t('operator.deadLetters.filter.reason')}
            value={search.reason}
            onChange={(reason) => filter({ reason })}
          />
        }
      >
        <TextFilter label={t('operator.deadLetters.filter.topic')} value={search.topic} onChange={(topic) => filter({ topic })} />
        <ChoiceFilter
          label={t('operator.deadLetters.filter.status')}
          value={search.status}
          onChange={(status) => filter({ status })}
          choices={STATUSES.map((value) => ({ value, label: t(`operator.deadLetters.status.${value}`) }))}
        />
      </FilterBar>
      <ListStates
        query={list}
        filtered={filtered}
        onClear={clear}
        empty={{ title: t('operator.deadLetters.empty.title'), detail: t('operator.deadLetters.empty.detail') }}
      >
        {(page) => (
          <>
            <LetterTable letters={page.data} />
            <CursorPages nextCursor={page.nextCursor} />
          </>
        )}
      </ListStates>
      <DeadLetterDrawer
        id={open}
        onClose={() => void navigate({ to: '.', search: (before: object) => ({ ...before, letter: undefined }), resetScroll: false })}
        onRepublished={() => void list.refetch()}
      />
    </Stack>
  );
}

function LetterTable({ letters }: { readonly letters: readonly DeadLetter[] }) {
  const { t } = useTranslation();
  const column = (key: string) => t(`operator.deadLetters.column.${key}`);
  return (
    <RowTable
      label={t('operator.deadLetters.table')}
      rows={letters}
      idOf={({ id }) => id}
      minWidth={880}
      columns={[
        {
          key: 'reason',
          label: column('reason'),
          data: true,
          cell: ({ id, reason }) => (
            <Anchor
              size="sm"
              ff="monospace"
              className={classes.whole}
              renderRoot={(props) => (
                <Link to="." search={(before: object) => ({ ...before, letter: id }) as never} resetScroll={false} {...props} />
              )}
            >
              {reason}
            </Anchor>
          ),
        },
        { key: 'topic', label: column('topic'), wide: true, cell: (letter) => <LetterPlace letter={letter} /> },
        { key: 'received', label: column('received'), cell: ({ receivedAt }) => <TimeText iso={receivedAt} /> },
        {
          key: 'preview',
          label: column('preview'),
          wide: true,
          data: true,
          cell: ({ preview }) => (
            <Text size="sm" ff="monospace" lineClamp={1} maw={260} c={preview === null ? 'dimmed' : undefined}>
              {preview ?? t('operator.deadLetters.noPayload')}
            </Text>
          ),
        },
        { key: 'status', label: column('status'), cell: (letter) => <LetterStatus letter={letter} /> },
      ]}
    />
  );
}
