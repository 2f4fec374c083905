import { useQuery } from '@tanstack/react-query';
import { type EventModule, type EventType, listEventTypes, listModules } from '../api';

const PAGE = 100;

interface Page<Row> {
  readonly data: Row[];
  readonly nextCursor: string | null;
}

/** The whole catalog with its counts, read anew each time the page is opened. */
export function useCatalogRead() {
  return useQuery({
    queryKey: ['catalog', 'counted'],
    queryFn: async () => {
      const [modules, types] = await Promise.all([
        all<EventModule>(async (query) => (await listModules({ query, throwOnError: true })).data),
        all<EventType>(async (query) => (await listEventTypes({ query, throwOnError: true })).data),
      ]);
      return { modules, types };
    },
  });
}

async function all<Row>(read: (query: { limit: number; cursor?: string }) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page<Row> = await read({ limit: PAGE, ...(cursor === '' ? {} : { cursor }) });
    rows.push(...page.data);
    cursor = page.nextCursor;
  }
  return rows;
}
