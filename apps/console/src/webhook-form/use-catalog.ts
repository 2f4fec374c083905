import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type EventType, listEventTypes, listModules } from '../api';
import { eventTree } from './event-tree';

const PAGE = 100;
const FIVE_MINUTES_MS = 300_000;

export type Catalog = ReturnType<typeof useCatalog>;

/** Modules and event types, all of them, as the tree shows them; undefined while they are on their way. */
export function useCatalog() {
  const modules = useQuery({ queryKey: ['catalog', 'modules'], staleTime: FIVE_MINUTES_MS, queryFn: allModules });
  const types = useQuery({ queryKey: ['catalog', 'types'], staleTime: FIVE_MINUTES_MS, queryFn: allTypes });
  const tree = useMemo(() => modules.data && types.data && eventTree(modules.data, types.data), [modules.data, types.data]);
  const retry = () => {
    for (const read of [modules, types]) if (read.error) void read.refetch();
  };
  return { modules: modules.data, types: types.data, tree, error: modules.error ?? types.error, retry };
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
