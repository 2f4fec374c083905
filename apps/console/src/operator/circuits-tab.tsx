import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listCircuits, type OperatedCircuit } from '../api';
import { useErrorWords } from '../delivery';
import { ChoiceFilter, FilterBar, TextFilter } from '../filters';
import { CursorPages, ListStates } from '../list';
import { StatusWord, TimeText } from '../shown';
import { RowTable, useCursorList } from '../tables';
import { WebhookLink } from './webhook-link';

const STATES = ['open', 'half-open', 'closed'] as const;
const REFRESH_MS = 5_000;

/** Circuits by state; of all accounts. */
export function CircuitsTab() {
  const { t } = useTranslation();
  const { list, search, filter, clear, filtered } = useCursorList(
    'circuits',
    ['circuit', 'accountId'],
    async (query) => (await listCircuits({ query: query as object, throwOnError: true })).data,
    { refreshMs: REFRESH_MS },
  );
  return (
    <Stack gap="md">
      {list.data ? (
        <SimpleGrid cols={{ base: 2, xs: 3 }} role="group" aria-label={t('operator.circuits.counts')}>
          {STATES.map((state) => (
            <Card key={state} withBorder radius="md" padding="md">
              <StatusWord status={state} />
              <Text fz={26} fw={650}>
                {list.data.counts[state].toLocaleString('en')}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
      ) : null}
      <FilterBar
        main={<TextFilter main label={t('operator.account')} value={search.accountId} onChange={(accountId) => filter({ accountId })} />}
      >
        <ChoiceFilter
          label={t('operator.circuits.filter')}
          value={search.circuit}
          onChange={(circuit) => filter({ circuit })}
          choices={STATES.map((value) => ({ value, label: t(`operator.circuits.${value}`) }))}
        />
      </FilterBar>
      <ListStates
        query={list}
        filtered={filtered}
        onClear={clear}
        empty={{ title: t('operator.circuits.empty.title'), detail: t('operator.circuits.empty.detail') }}
      >
        {(page) => (
          <>
            <CircuitTable circuits={page.data} />
            <CursorPages nextCursor={page.nextCursor} />
          </>
        )}
      </ListStates>
    </Stack>
  );
}

function CircuitTable({ circuits }: { readonly circuits: readonly OperatedCircuit[] }) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const column = (key: string) => t(`operator.circuits.column.${key}`);
  return (
    <RowTable
      label={t('operator.circuits.table')}
      rows={circuits}
      idOf={({ webhookId }) => webhookId}
      minWidth={960}
      columns={[
        {
          key: 'webhook',
          label: column('webhook'),
          data: true,
          cell: ({ webhookId, webhookName, accountId }) => (
            <WebhookLink webhookId={webhookId} accountId={accountId}>
              {webhookName}
            </WebhookLink>
          ),
        },
        { key: 'account', label: column('account'), wide: true, data: true, cell: ({ accountId }) => accountId },
        {
          key: 'circuit',
          label: column('circuit'),
          cell: ({ circuit, autoDisabled }) => (
            <Group gap={6}>
              <StatusWord status={circuit} />
              {autoDisabled ? <StatusWord status="disabled" /> : null}
            </Group>
          ),
        },
        { key: 'since', label: column('since'), wide: true, cell: ({ since }) => <TimeText iso={since} /> },
        { key: 'failures', label: column('failures'), wide: true, cell: ({ consecutiveFailures }) => consecutiveFailures },
        {
          key: 'last',
          label: column('last'),
          wide: true,
          cell: ({ lastStatusCode, lastErrorClass }) => lastStatusCode ?? (errorWords(lastErrorClass as never) || '–'),
        },
        {
          key: 'probe',
          label: column('probe'),
          cell: ({ nextProbeAt, autoDisabled }) => (nextProbeAt && !autoDisabled ? <TimeText iso={nextProbeAt} /> : '–'),
        },
      ]}
    />
  );
}
