import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type EventType, listEventTypes, listModules } from '../api';
import { eventTree } from './event-tree';

const PAGE = 100;
const FIVE_MINUTES_MS = 300_000;

export type Catalog = ReturnType<typeof useCatalog>;

/** Modules and event types, all of them, as the tree shows them; undefined while they are on their way. */
export function useCatalog() {
  const ofModules = useQuery({ queryKey: ['catalog', 'modules'], staleTime: FIVE_MINUTES_MS, queryFn: allModules });
  const ofTypes = useQuery({ queryKey: ['catalog', 'types'], staleTime: FIVE_MINUTES_MS, queryFn: allTypes });
  const [modules, types, error] = [ofModules.data, ofTypes.data, ofModules.error ?? ofTypes.error];
  const tree = useMemo(() => modules && types && eventTree(modules, types), [modules, types]);
  const client = useQueryClient();
  // The same from one render to the next while nothing of it changes: what shows it is not drawn again.
  return useMemo(() => {
    const retry = () =>
      void client.refetchQueries({ queryKey: ['catalog'], type: 'active', predicate: ({ state }) => state.error !== null });
    return { modules, types, tree, error, retry };
  }, [modules, types, tree, error, client]);
}

function allModules() {
  return everyPage(async (query) => (await listModules({ query, throwOnError: true })).data);
}

function allTypes(): Promise<EventType[]> {
  return everyPage(async (query) => (await listEventTypes({ query, throwOnError: true })).data);
}

interface Page<Row> {
  readonly data: Row[];
  readonly nextCursor: string | null;
}

async function everyPage<Row>(read: (query: { limit: number; cursor?: string }) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await read({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    rows.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}
