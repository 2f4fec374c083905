import { Anchor, Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listEvents, type PastEvent } from '../api';
import { Page } from '../app';
import { ChoiceFilter, FilterBar, TextFilter, TimeFilter, timeQuery } from '../filters';
import { CursorPages, ListStates } from '../list';
import { IdText, StatusWord, TimeText } from '../shown';
import { useCatalog } from '../webhook-form';
import { type EventsSearch, eventsSearch, isFiltered } from './events-search';
import classes from './events.module.css';

const PAGE = 50;
const REFRESH_MS = 10_000;

/** The events of the account, the newest first. */
export function EventsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = eventsSearch(useSearch({ strict: false }));
  const { types } = useCatalog();
  const events = useQuery({
    queryKey: ['events', search],
    queryFn: async () => {
      const { range: _, from: _1, to: _2, ...rest } = search;
      return (await listEvents({ query: { ...rest, ...timeQuery(search), limit: PAGE }, throwOnError: true })).data;
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.error || search.cursor !== undefined ? false : REFRESH_MS),
  });
  const filter = (change: { readonly [Name in keyof EventsSearch]?: EventsSearch[Name] | undefined }) =>
    void navigate({ to: '/events', search: (before: object) => ({ ...before, cursor: undefined, ...change }), replace: true });

  return (
    <Page title={t('events.title')} hint={t('events.hint')}>
      <Stack gap="md">
        <FilterBar
          main={<TextFilter main label={t('events.filter.id')} value={search.id} onChange={(id) => filter({ id })} />}
          values={[search.type, search.unmatched, search.range ?? search.from ?? search.to]}
        >
          <ChoiceFilter
            searchable
            label={t('events.filter.type')}
            value={search.type}
            onChange={(type) => filter({ type })}
            choices={(types ?? []).filter(({ combines }) => combines.length === 0).map(({ name }) => ({ value: name, label: name }))}
          />
          <ChoiceFilter
            label={t('events.filter.matched')}
            value={search.unmatched && 'unmatched'}
            onChange={(value) => filter({ unmatched: value === undefined ? undefined : true })}
            choices={[{ value: 'unmatched', label: t('events.result.unmatched') }]}
          />
          <TimeFilter value={search} onChange={filter} />
        </FilterBar>
        <ListStates
          query={events}
          filtered={isFiltered(search)}
          onClear={() => void navigate({ to: '/events', search: {} as never })}
          empty={{
            title: t('events.empty.title'),
            detail: t('events.empty.detail'),
            action: <Button renderRoot={(props) => <Link to="/webhooks" {...props} />}>{t('events.empty.action')}</Button>,
          }}
        >
          {(page) => (
            <>
              <EventTable events={page.data} />
              <CursorPages nextCursor={page.nextCursor} />
            </>
          )}
        </ListStates>
      </Stack>
    </Page>
  );
}

const COLUMNS = ['event', 'id', 'occurred', 'received', 'source', 'matched', 'result'] as const;
const NARROW = ['event', 'result'] as const;

function EventTable({ events }: { readonly events: readonly PastEvent[] }) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Table.ScrollContainer minWidth={narrow ? 280 : 940} type="native">
      <Table className={classes.table} highlightOnHover horizontalSpacing={narrow ? 'xs' : 'sm'} aria-label={t('events.table')}>
        <Table.Thead>
          <Table.Tr>
            {(narrow ? NARROW : COLUMNS).map((column) => (
              <Table.Th key={column} scope="col">
                {t(`events.column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event) => (
            <EventRow key={`${event.source} ${event.id}`} event={event} narrow={narrow} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function EventRow({ event, narrow }: { readonly event: PastEvent; readonly narrow: boolean }) {
  const { t } = useTranslation();
  const { id, type, source, time, receivedAt, matched, result, test } = event;
  return (
    <Table.Tr data-row={id}>
      <Table.Th scope="row">
        <Group gap={6}>
          <Anchor
            className={classes.mono}
            renderRoot={(props) => <Link to="/events/$eventId" params={{ eventId: id }} search={{ source }} {...props} />}
          >
            {type}
          </Anchor>
          {test ? (
            <Badge size="sm" color="violet">
              {t('events.test')}
            </Badge>
          ) : null}
        </Group>
        {narrow ? (
          <div className={classes.narrowFacts}>
            <TimeText iso={receivedAt} />
            <span>{t('events.matched', { count: matched })}</span>
          </div>
        ) : null}
      </Table.Th>
      {narrow ? null : (
        <>
          <Table.Td>
            <IdText id={id} short />
          </Table.Td>
          <Table.Td>
            <TimeText iso={time} />
          </Table.Td>
          <Table.Td>
            <TimeText iso={receivedAt} />
          </Table.Td>
          <Table.Td>
            <Text span size="sm" className={classes.source} title={source}>
              {source}
            </Text>
          </Table.Td>
          <Table.Td>{matched}</Table.Td>
        </>
      )}
      <Table.Td>
        <StatusWord status={result} word={t(`events.result.${result}`)} />
      </Table.Td>
    </Table.Tr>
  );
}
