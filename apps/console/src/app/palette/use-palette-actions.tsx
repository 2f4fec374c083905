import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBolt, IconPlus, IconSend2, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listWebhooks } from '../../api';
import { useSession } from '../session';
import { usePlaces } from '../shell/navigation';
import { idKind } from './id-kind';

const TYPING_MS = 200;
const SHOWN = 8;
const SIZE = 18;

/** What the palette offers for a text: an id leads straight to what it names; otherwise webhooks, places and actions. */
export function usePaletteActions(query: string): {
  readonly actions: SpotlightActionGroupData[];
  readonly searching: boolean;
  readonly failed: boolean;
} {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { history } = useRouter();
  const places = usePlaces();
  const { may } = useSession();
  const text = query.trim();
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const webhooks = useQuery({
    queryKey: ['webhooks', 'palette', settled],
    enabled: settled !== '' && idKind(settled) === undefined,
    queryFn: async () => (await listWebhooks({ query: { q: settled, limit: SHOWN }, throwOnError: true })).data.data,
  });
  const found = idKind(text);
  const searching = text !== '' && !found && (text !== settled || webhooks.isFetching);

  return {
    searching,
    failed: webhooks.isError,
    actions: [
      {
        group: t('app.search.ids'),
        actions: found
          ? [
              {
                id: text,
                label: t(`app.search.open_${found}`, { id: text }),
                description: text,
                keywords: text,
                leftSection: <IconSend2 size={SIZE} aria-hidden />,
                onClick: () => history.push(pathOf(found, text)),
              },
            ]
          : [],
      },
      {
        group: t('app.place.webhooks'),
        actions: (webhooks.data ?? []).map(({ id, name, url }) => ({
          id,
          label: name,
          description: url,
          // Spotlight filters by what it sees; the server has found these for the text already.
          keywords: text,
          leftSection: <IconWebhook size={SIZE} aria-hidden />,
          onClick: () => void navigate({ to: '/webhooks/$webhookId', params: { webhookId: id } }),
        })),
      },
      {
        group: t('app.search.actions'),
        actions: [
          ...(may('webhooks:write')
            ? [
                {
                  id: 'new',
                  label: t('app.search.newWebhook'),
                  leftSection: <IconPlus size={SIZE} aria-hidden />,
                  onClick: () => void navigate({ to: '/webhooks/new' }),
                },
              ]
            : []),
          // Last, and not before the webhooks are there: the first of the list is what Enter opens.
          ...(text !== '' && !found && !searching
            ? [
                {
                  id: 'event',
                  label: t('app.search.findEvent', { id: text }),
                  keywords: text,
                  leftSection: <IconBolt size={SIZE} aria-hidden />,
                  onClick: () => history.push(pathOf('event', text)),
                },
              ]
            : []),
        ],
      },
      {
        group: t('app.search.places'),
        actions: places.map(({ to, key, label, icon: Icon }) => ({
          id: key,
          label,
          leftSection: <Icon size={SIZE} aria-hidden />,
          onClick: () => void navigate({ to }),
        })),
      },
    ],
  };
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
