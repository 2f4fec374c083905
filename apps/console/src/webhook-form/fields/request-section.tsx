import { Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PAYLOAD_FORMATS } from '../form-values';
import type { WebhookForm } from '../use-webhook-form';
import { FormSection } from './form-section';
import { PairsEditor } from './pairs-editor';

/** The shape of the body and the headers that go with it. */
export function RequestSection({ form }: { readonly form: WebhookForm }) {
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
}
