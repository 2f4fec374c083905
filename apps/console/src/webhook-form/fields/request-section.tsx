import { Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PAYLOAD_FORMATS } from '../form-values';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';
import { PairsEditor } from './pairs-editor';

const FIELDS = ['payloadFormat', 'headers'] as const;

/** The shape of the body and the headers that go with it. */
export const RequestSection = ofFields(FIELDS, function RequestSection({ form }: { readonly form: FormOf<typeof FIELDS> }) {
  const { t } = useTranslation();
  const { payloadFormat, headers } = form.values;
  return (
    <FormSection title={t('webhookForm.request.title')}>
      <Select
        {...form.getInputProps('payloadFormat')}
        label={t('webhookForm.format.label')}
        description={t(`webhookForm.format.hint.${payloadFormat}`)}
        data={PAYLOAD_FORMATS.map((value) => ({ value, label: t(`webhookForm.format.name.${value}`) }))}
        allowDeselect={false}
      />
      <Stack gap={6} role="group" aria-label={t('webhookForm.headers.label')}>
        <Text size="sm" fw={500}>
          {t('webhookForm.headers.label')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('webhookForm.headers.hint')}
        </Text>
        <PairsEditor form={form} path="headers" rows={headers} kind="header" />
      </Stack>
    </FormSection>
  );
});
