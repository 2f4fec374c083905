import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventType } from '../../api';
import { previewedTypes } from '../preview/previewed-types';
import { FilterTrial } from './filter-trial';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';
import classes from './fields.module.css';

const FIELDS = ['filter', 'events', 'channelId'] as const;

interface FilterSectionProps {
  readonly form: FormOf<typeof FIELDS>;
  readonly types: readonly EventType[];
}

/** Which of the chosen events are sent, by what is in them; to be tried on a sample or on the last real event. */
export const FilterSection = ofFields(FIELDS, function FilterSection({ form, types }: FilterSectionProps) {
  const { t } = useTranslation();
  const { filter, events, channelId } = form.values;
  return (
    <FormSection title={t('webhookForm.filter.title')} hint={t('webhookForm.filter.hint')}>
      <Textarea
        {...form.getInputProps('filter')}
        label={t('webhookForm.filter.label')}
        placeholder='data.total > 100 && data.status == "paid"'
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4096}
        spellCheck={false}
        classNames={{ input: classes.mono }}
      />
      {filter.trim() === '' ? null : (
        <FilterTrial
          filter={filter}
          channelId={channelId.trim()}
          types={previewedTypes(types, events)}
          onFault={(fault) => form.setFieldError('filter', fault)}
        />
      )}
    </FormSection>
  );
});
