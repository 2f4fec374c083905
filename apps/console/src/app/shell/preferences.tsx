import { ActionIcon, Menu, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconAdjustments, IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useZone, type Zone } from '../../shown';
import { embedding } from '../embedding';
import { useShortcutHelp } from '../keyboard/shortcut-help';

export const SCHEMES = ['auto', 'light', 'dark'] as const;
export const ZONES = ['local', 'utc'] as const;

/** Colours and the zone of times, as this browser shall show them. */
export function Preferences() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { zone, setZone } = useZone();
  const help = useShortcutHelp();
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('app.preferences.title')}>
          <IconAdjustments size={19} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {embedding.theme ? null : (
          <>
            <Menu.Label>{t('app.preferences.colors')}</Menu.Label>
            <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
              {SCHEMES.map((scheme) => (
                <Menu.RadioItem key={scheme} value={scheme}>
                  {t(`app.preferences.${scheme}`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('app.preferences.times')}</Menu.Label>
        <Menu.RadioGroup value={zone} onChange={(chosen) => setZone(chosen as Zone)}>
          {ZONES.map((each) => (
            <Menu.RadioItem key={each} value={each}>
              {t(`app.preferences.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={help.open}>
          {t('app.keyboard.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
