import { NumberInput, SegmentedControl, SimpleGrid, Stack, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { consoleSettings } from '../../app';
import type { ScheduleSource } from '../form-values';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';
import { ScheduleTimes } from './schedule-times';

const FIELDS = ['timeoutSeconds', 'maxInFlight', 'rateLimit', 'scheduleSource', 'schedule', 'finalStatuses'] as const;

const SOURCES: readonly ScheduleSource[] = ['default', 'own', 'none'];

/** How long, how often, how many at once and how fast. */
export const DeliverySection = ofFields(FIELDS, function DeliverySection({ form }: { readonly form: FormOf<typeof FIELDS> }) {
  const { t } = useTranslation();
  const { scheduleSource, schedule } = form.values;
  const setSource = (source: string) => {
    form.setFieldValue('scheduleSource', source as ScheduleSource);
    // To begin with what is in force is easier than with nothing.
    if (source === 'own' && schedule.length === 0) form.setFieldValue('schedule', [...consoleSettings.retrySchedule]);
  };

  return (
    <FormSection title={t('webhookForm.delivery.title')} hint={t('webhookForm.delivery.hint')}>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <NumberInput
          {...form.getInputProps('timeoutSeconds')}
          label={t('webhookForm.timeout.label')}
          description={t('webhookForm.timeout.hint')}
          suffix=" s"
          min={1}
          max={30}
        />
        <NumberInput
          {...form.getInputProps('maxInFlight')}
          label={t('webhookForm.maxInFlight.label')}
          description={t('webhookForm.maxInFlight.hint')}
          min={1}
          max={100}
          allowDecimal={false}
        />
        <NumberInput
          {...form.getInputProps('rateLimit')}
          label={t('webhookForm.rateLimit.label')}
          description={t('webhookForm.rateLimit.hint')}
          placeholder={t('webhookForm.rateLimit.none')}
          suffix={t('webhookForm.rateLimit.suffix')}
          min={0}
          max={10_000}
        />
      </SimpleGrid>
      <Stack gap={6} role="group" aria-label={t('webhookForm.schedule.label')}>
        <Text size="sm" fw={500}>
          {t('webhookForm.schedule.label')}
        </Text>
        <SegmentedControl
          value={scheduleSource}
          onChange={setSource}
          data={SOURCES.map((value) => ({ value, label: t(`webhookForm.schedule.source.${value}`) }))}
          aria-label={t('webhookForm.schedule.label')}
        />
        {scheduleSource === 'own' ? (
          <TagsInput
            {...form.getInputProps('schedule')}
            label={t('webhookForm.schedule.delays')}
            description={t('webhookForm.schedule.delaysHint')}
            placeholder="30s"
            maxTags={20}
            allowDuplicates
            splitChars={[',', ' ']}
          />
        ) : null}
        <ScheduleTimes source={scheduleSource} schedule={schedule} />
      </Stack>
      <TagsInput
        {...form.getInputProps('finalStatuses')}
        label={t('webhookForm.finalStatuses.label')}
        description={t('webhookForm.finalStatuses.hint')}
        placeholder="404"
        splitChars={[',', ' ']}
        inputMode="numeric"
      />
    </FormSection>
  );
});
