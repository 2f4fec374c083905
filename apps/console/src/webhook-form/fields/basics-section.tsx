import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { HTTP_METHODS } from '../form-values';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';
import classes from './fields.module.css';

const FIELDS = ['name', 'method', 'url', 'notificationType', 'channelId'] as const;

interface BasicsSectionProps {
  readonly form: FormOf<typeof FIELDS>;
  readonly autoFocus: boolean;
}

/** Name, where requests go and how, and the channel. */
export const BasicsSection = ofFields(FIELDS, function BasicsSection({ form, autoFocus }: BasicsSectionProps) {
  const { t } = useTranslation();
  const { method } = form.values;
  return (
    <FormSection title={t('webhookForm.basics.title')}>
      <TextInput
        {...form.getInputProps('name')}
        label={t('webhookForm.name.label')}
        description={t('webhookForm.name.hint')}
        placeholder={t('webhookForm.name.placeholder')}
        required
        maxLength={100}
        data-autofocus={autoFocus || undefined}
        // The one field that everybody fills in first.
        autoFocus={autoFocus}
      />
      <div className={classes.endpoint}>
        <Select
          {...form.getInputProps('method')}
          label={t('webhookForm.method.label')}
          data={[...HTTP_METHODS]}
          allowDeselect={false}
          required
          withAsterisk={false}
        />
        <TextInput
          {...form.getInputProps('url')}
          label={t('webhookForm.url.label')}
          placeholder="https://example.com/webhooks"
          required
          type="url"
          inputMode="url"
          maxLength={2048}
          classNames={{ input: classes.mono }}
          autoComplete="off"
          spellCheck={false}
          description={t(`webhookForm.method.hint.${method}`)}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
        />
      </div>
      <Select
        {...form.getInputProps('notificationType')}
        label={t('webhookForm.notificationType.label')}
        description={t('webhookForm.notificationType.hint')}
        data={[{ value: 'REST', label: t('webhookForm.notificationType.REST') }]}
        allowDeselect={false}
      />
      <TextInput
        {...form.getInputProps('channelId')}
        label={t('webhookForm.channel.label')}
        description={t('webhookForm.channel.hint')}
        placeholder={t('webhookForm.channel.placeholder')}
        maxLength={200}
        classNames={{ input: classes.mono }}
      />
    </FormSection>
  );
});
