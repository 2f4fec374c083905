import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DEVELOPER_TABS } from '../../developers/routes';
import { OPERATOR_TABS } from '../../operator/routes';
import { type PlaceKey, usePlaces } from '../shell/navigation';
import type { Entry } from './entry';

/** The places of the navigation, and the tabs of those that have some. */
export function usePageEntries(): Entry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const tabs: Readonly<Partial<Record<PlaceKey, readonly (readonly [name: string, label: string])[]>>> = {
    developers: DEVELOPER_TABS.map((name) => [name, t(`developers.tab.${name}`)]),
    operator: OPERATOR_TABS.map((name) => [name, t(`operator.tab.${name}`)]),
  };
  return usePlaces().flatMap(({ to, key, label, icon }) => [
    { id: key, label, icon, run: () => void navigate({ to, search: {} as never }) },
    ...(tabs[key] ?? []).map(([tab, name]) => ({
      id: `${key} ${tab}`,
      label: t('app.search.tabOf', { place: label, tab: name }),
      icon,
      run: () => void navigate({ to, search: { tab } as never }),
    })),
  ]);
}
