import { Center } from '@mantine/core';
import { IconClockOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StateNotice } from '../list';

/** In a frame there is no key to type: the page around it makes a new session. */
export function SessionOver() {
  const { t } = useTranslation();
  return (
    <Center mih="100dvh" component="main">
      <StateNotice icon={<IconClockOff size={22} />} title={t('app.sessionOver.title')} headingOrder={1}>
        {t('app.sessionOver.detail')}
      </StateNotice>
    </Center>
  );
}
