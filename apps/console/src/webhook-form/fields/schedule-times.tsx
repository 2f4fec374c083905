import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { consoleSettings } from '../../app';
import { durationWords } from '../duration';
import type { ScheduleSource } from '../form-values';
import { plannedAttempts } from '../retry-times';
import classes from './fields.module.css';

interface ScheduleTimesProps {
  readonly source: ScheduleSource;
  readonly schedule: readonly string[];
}

/** A schedule as the times at which each attempt is made, counted from the event. */
export function ScheduleTimes({ source, schedule }: ScheduleTimesProps) {
  const { t } = useTranslation();
  const delays = source === 'default' ? consoleSettings.retrySchedule : source === 'none' ? [] : schedule;
  const planned = plannedAttempts(delays);
  if (!planned) return null;
  const last = planned[planned.length - 1]!;
  return (
    <>
      <ol className={classes.schedule} aria-label={t('webhookForm.schedule.times')}>
        {planned.map(({ attempt, afterMs }) => (
          <li key={attempt} className={classes.scheduleStep}>
            <strong>{t('webhookForm.schedule.attempt', { attempt })}</strong>
            {attempt === 1 ? t('webhookForm.schedule.atOnce') : `+${durationWords(afterMs)}`}
          </li>
        ))}
      </ol>
      <Text size="xs" c="dimmed">
        {planned.length === 1
          ? t('webhookForm.schedule.noRetries')
          : t('webhookForm.schedule.sum', { count: planned.length, duration: durationWords(last.afterMs) })}
      </Text>
    </>
  );
}
