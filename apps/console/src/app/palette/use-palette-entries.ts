import { useDebouncedValue } from '@mantine/hooks';
import { IconBolt, IconPlus, IconSend2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listWebhooks } from '../../api';
import { useSession } from '../session';
import { type Entry, type EntryGroup, matching } from './entry';
import { idKind } from './id-kind';
import { usePageEntries } from './use-page-entries';
import { useSettingEntries } from './use-setting-entries';
import { useWebhookEntries } from './use-webhook-entries';

const TYPING_MS = 200;
const SHOWN = 8;

/** How the search for what the server knows goes, where there is more to say than what it found. */
export type SearchState = 'searching' | 'failed' | 'nothing';

/** What the palette offers for a text: an id leads straight to what it names; otherwise webhooks, actions and pages. */
export function usePaletteEntries(query: string): { readonly groups: readonly EntryGroup[]; readonly state: SearchState | undefined } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { history } = useRouter();
  const { may } = useSession();
  const text = query.trim();
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const named = idKind(text);
  const webhooks = useQuery({
    queryKey: ['webhooks', 'palette', settled],
    enabled: settled !== '' && idKind(settled) === undefined,
    queryFn: async () => (await listWebhooks({ query: { q: settled, limit: SHOWN }, throwOnError: true })).data.data,
  });
  const searches = text !== '' && !named;
  const searching = searches && (text !== settled || webhooks.isFetching);

  const found = useWebhookEntries(searches ? (webhooks.data ?? []) : []);
  const newWebhook: Entry = {
    id: 'new',
    label: t('app.search.newWebhook'),
    icon: IconPlus,
    run: () => void navigate({ to: '/webhooks/new' }),
  };
  const actions = matching(text, [...(may('webhooks:write') ? [newWebhook] : []), ...useSettingEntries()]);
  const pages = matching(text, usePageEntries());
  const open = (kind: NonNullable<typeof named>, label: string): Entry => {
    return {
      id: kind,
      label,
      description: text,
      icon: kind === 'event' ? IconBolt : IconSend2,
      run: () => history.push(pathOf(kind, text)),
    };
  };

  const groups: EntryGroup[] = [
    { heading: t('app.search.ids'), entries: named ? [open(named, t(`app.search.open_${named}`, { id: text }))] : [] },
    { heading: t('app.place.webhooks'), entries: found },
    { heading: t('app.search.actions'), entries: actions },
    { heading: t('app.search.places'), entries: pages },
    // Publishers choose the ids of their events, so that any text may be one. Last, and not before the webhooks are there: the
    // first of the list is what Enter opens.
    { heading: t('app.place.events'), entries: searches && !searching ? [open('event', t('app.search.findEvent', { id: text }))] : [] },
  ];
  return {
    groups: groups.filter(({ entries }) => entries.length > 0),
    state: searching
      ? 'searching'
      : !searches
        ? undefined
        : webhooks.isError
          ? 'failed'
          : noneOf(found, actions, pages)
            ? 'nothing'
            : undefined,
  };
}

function noneOf(...lists: readonly (readonly Entry[])[]): boolean {
  return lists.every(({ length }) => length === 0);
}

function pathOf(kind: NonNullable<ReturnType<typeof idKind>>, id: string) {
  const encoded = encodeURIComponent(id);
  return (
    {
      webhook: `/webhooks/${encoded}`,
      delivery: `/deliveries/${encoded}`,
      attempt: `/attempts/${encoded}`,
      event: `/events/${encoded}`,
    } as const
  )[kind];
}
