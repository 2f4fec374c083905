import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateNotice } from '../list';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <StateNotice
      icon={<IconMapOff size={22} />}
      title={t('app.notFound.title')}
      headingOrder={1}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('app.notFound.home')}
        </Button>
      }
    >
      {t('app.notFound.detail')}
    </StateNotice>
  );
}
