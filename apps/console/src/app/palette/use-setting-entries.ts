import { useMantineColorScheme } from '@mantine/core';
import { IconClock, IconSunMoon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useZone } from '../../shown';
import { embedding } from '../embedding';
import { SCHEMES, ZONES } from '../shell/preferences';
import type { Entry } from './entry';

/** The colours and the zone of times that are not in use. */
export function useSettingEntries(): Entry[] {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { zone, setZone } = useZone();
  const schemes = embedding.theme ? [] : SCHEMES.filter((scheme) => scheme !== colorScheme);
  return [
    ...schemes.map((scheme) => ({
      id: `colors ${scheme}`,
      label: t('app.search.colors', { colors: t(`app.preferences.${scheme}`) }),
      icon: IconSunMoon,
      run: () => setColorScheme(scheme),
    })),
    ...ZONES.filter((each) => each !== zone).map((each) => ({
      id: `times ${each}`,
      label: t('app.search.times', { times: t(`app.preferences.${each}`) }),
      icon: IconClock,
      run: () => setZone(each),
    })),
  ];
}
