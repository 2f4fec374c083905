import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../delivery';
import { asksForAttempt, type Narrowing } from './retry-selection';

/** Which further filters of the history a retry follows; nothing without any. */
export function NarrowedBy({ narrowing }: { readonly narrowing: Narrowing }) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const { code, errorClass, trigger, deliveryId, eventId } = narrowing;
  const told: readonly (readonly [string, string | undefined])[] = [
    [t('history.filter.code'), code],
    [t('history.filter.errorClass'), errorClass?.map(errorWords).join(', ')],
    [t('history.filter.trigger'), trigger?.map((each) => t(`delivery.trigger.${each}`)).join(', ')],
    [t('history.filter.id'), deliveryId ?? eventId],
  ];
  const filters = told.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}`);
  if (filters.length === 0) return null;
  return (
    <Alert variant="light" color="blue" icon={<IconInfoCircle size={18} aria-hidden />}>
      {t('history.retryAll.narrowed', { filters: filters.join('; ') })}
      {asksForAttempt(narrowing) ? ` ${t('history.retryAll.byLastAttempt')}` : ''}
    </Alert>
  );
}
