import { Alert, Anchor, PasswordInput, Radio, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SecretSource } from '../form-values';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';

const FIELDS = ['signing', 'secretSource', 'secret'] as const;

interface SigningSectionProps {
  readonly form: FormOf<typeof FIELDS>;
  /** The last characters of the secret that the webhook has; undefined when it has none. */
  readonly secretLast4: string | undefined;
  /** Whose secret can be rotated with an overlap instead; undefined while the webhook is new. */
  readonly webhookId: string | undefined;
}

/** Whether requests are signed, and with which secret. The secret that there is stays unless told otherwise. */
export const SigningSection = ofFields(FIELDS, function SigningSection({ form, secretLast4, webhookId }: SigningSectionProps) {
  const { t } = useTranslation();
  const { signing, secretSource } = form.values;
  const has = secretLast4 !== undefined;
  const sources: readonly SecretSource[] = has ? ['keep', 'own'] : ['generated', 'own'];

  return (
    <FormSection title={t('webhookForm.signing.title')} hint={t('webhookForm.signing.hint')}>
      <Switch {...form.getInputProps('signing', { type: 'checkbox' })} label={t('webhookForm.signing.label')} />
      {signing ? (
        <>
          <Radio.Group {...form.getInputProps('secretSource')} label={t('webhookForm.secret.source')}>
            <Stack gap="xs" mt="xs">
              {sources.map((source) => (
                <Radio
                  key={source}
                  value={source}
                  label={t(`webhookForm.secret.from.${source}`, { last4: secretLast4 })}
                  description={t(`webhookForm.secret.fromHint.${source}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {secretSource === 'own' ? (
            <PasswordInput
              {...form.getInputProps('secret')}
              label={t('webhookForm.secret.label')}
              description={t('webhookForm.secret.hint')}
              required
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': t('webhookForm.auth.reveal') }}
            />
          ) : null}
          {secretSource === 'own' && has ? (
            <Alert variant="light" color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
              <Text size="sm">
                {t('webhookForm.secret.replacesAtOnce')}{' '}
                {webhookId ? (
                  <Anchor inherit renderRoot={(props) => <Link to="/webhooks/$webhookId/secrets" params={{ webhookId }} {...props} />}>
                    {t('webhookForm.secret.rotateInstead')}
                  </Anchor>
                ) : null}
              </Text>
            </Alert>
          ) : null}
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t(has ? 'webhookForm.signing.offHas' : 'webhookForm.signing.off')}
        </Text>
      )}
    </FormSection>
  );
});
