import { useTranslation } from 'react-i18next';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';
import { PairsEditor } from './pairs-editor';

const FIELDS = ['metadata'] as const;

/** Names and values of the account's own. */
export const MetadataSection = ofFields(FIELDS, function MetadataSection({ form }: { readonly form: FormOf<typeof FIELDS> }) {
  const { t } = useTranslation();
  return (
    <FormSection title={t('webhookForm.metadata.label')} hint={t('webhookForm.metadata.hint')}>
      <PairsEditor form={form} path="metadata" rows={form.values.metadata} kind="metadata" />
    </FormSection>
  );
});
