import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { formFaults } from './form-faults';
import type { WebhookFormValues } from './form-values';

export type WebhookForm = UseFormReturnType<WebhookFormValues>;

/** The state of the form; each fault in words on its field, first when one tries to save and then as one writes. */
export function useWebhookForm(initialValues: WebhookFormValues): WebhookForm {
  const { t } = useTranslation();
  return useForm<WebhookFormValues>({
    mode: 'controlled',
    initialValues,
    // A sentence of the server stays until its field is written in again.
    clearInputErrorOnChange: true,
    validate: (values) =>
      Object.fromEntries(Object.entries(formFaults(values)).map(([field, key]) => [field, t(`webhookForm.fault.${key}`)])),
  });
}
