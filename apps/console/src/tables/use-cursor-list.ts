import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { searchText } from '../filters/search-text';

interface Page {
  readonly data: readonly unknown[];
  readonly nextCursor: string | null;
}

type Filters<Name extends string> = { readonly [Each in Name]?: string };

/** A list whose filters and cursor stand in the address of the page. */
export function useCursorList<Name extends string, Answer extends Page>(
  key: string,
  names: readonly Name[],
  read: (query: Filters<Name> & { readonly cursor?: string; readonly limit: number }) => Promise<Answer>,
  { refreshMs = 0, limit = 50 } = {},
) {
  const navigate = useNavigate();
  const given: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const texts = [...names, 'cursor'].flatMap((name) => {
    const text = searchText(given[name], 1000);
    return text === undefined ? [] : [[name, text] as const];
  });
  const search = Object.fromEntries(texts) as Filters<Name> & { readonly cursor?: string };
  const list = useQuery({
    queryKey: [key, search],
    queryFn: () => read({ ...search, limit }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs === 0 ? false : refreshMs,
  });
  const filter = (change: { readonly [Each in Name]?: string | undefined }) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, cursor: undefined, ...change }), replace: true });
  const { cursor: _, ...filters } = search;
  const clear = () => filter(Object.fromEntries(names.map((name) => [name, undefined])) as Filters<Name>);
  return { list, search, filter, clear, filtered: Object.keys(filters).length > 0 };
}
