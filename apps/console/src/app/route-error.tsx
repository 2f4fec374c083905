import { Button } from '@mantine/core';
import { IconBug, IconRefresh } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api';
import { ProblemState, StateNotice } from '../list';

/** A page that broke: a failure of the API as any other; of the console itself (or a file of it that did not come), with a reload. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  if (error instanceof ApiError) return <ProblemState error={error} onRetry={reset} headingOrder={1} />;
  return (
    <StateNotice
      role="alert"
      icon={<IconBug size={22} />}
      title={t('app.broken.title')}
      headingOrder={1}
      action={
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => location.reload()}>
          {t('app.broken.reload')}
        </Button>
      }
    >
      {error instanceof Error ? error.message : String(error)}
    </StateNotice>
  );
}
