import { Alert, Button, Group, PasswordInput, Select, Text, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AUTH_TYPES, type AuthType } from '../form-values';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';
import { PairsEditor } from './pairs-editor';
import classes from './fields.module.css';

const FIELDS = ['auth'] as const;

interface AuthSectionProps {
  readonly form: FormOf<typeof FIELDS>;
  /** The type whose credentials are stored; undefined when there are none. */
  readonly stored: AuthType | undefined;
}

/** How each request proves itself to its receiver. Stored credentials are never shown: they stay or are replaced as a whole. */
export const AuthSection = ofFields(FIELDS, function AuthSection({ form, stored }: AuthSectionProps) {
  const { t } = useTranslation();
  const { auth } = form.values;
  const setAuth = (change: Partial<typeof auth>) => form.setFieldValue('auth', { ...auth, ...change });

  return (
    <FormSection title={t('webhookForm.auth.title')} hint={t('webhookForm.auth.sectionHint')}>
      <Select
        {...form.getInputProps('auth.type')}
        value={auth.type}
        onChange={(type) => setAuth({ type: type as AuthType, keep: type === stored })}
        label={t('webhookForm.auth.type')}
        description={t(`webhookForm.auth.hint.${auth.type}`)}
        data={AUTH_TYPES.map((value) => ({ value, label: t(`webhookForm.auth.name.${value}`) }))}
        allowDeselect={false}
      />
      {auth.keep ? (
        <Alert variant="light" color="gray" icon={<IconLock size={18} aria-hidden />}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">{t('webhookForm.auth.stored')}</Text>
            <Button size="xs" variant="default" onClick={() => setAuth({ keep: false })}>
              {t('webhookForm.auth.replace')}
            </Button>
          </Group>
        </Alert>
      ) : (
        <Credentials form={form} />
      )}
      {!auth.keep && stored !== undefined && stored === auth.type ? (
        <Group>
          <Button size="xs" variant="subtle" color="gray" onClick={() => setAuth({ keep: true })}>
            {t('webhookForm.auth.keep')}
          </Button>
        </Group>
      ) : null}
    </FormSection>
  );
});

function Credentials({ form }: Pick<AuthSectionProps, 'form'>) {
  const { t } = useTranslation();
  const { auth } = form.values;
  const reveal = { 'aria-label': t('webhookForm.auth.reveal') };
  const text = { autoComplete: 'off', spellCheck: false, required: true, classNames: { input: classes.mono } } as const;
  const password = { autoComplete: 'new-password', required: true, visibilityToggleButtonProps: reveal } as const;
  switch (auth.type) {
    case 'NONE':
      return null;
    case 'BEARER':
      return <PasswordInput {...form.getInputProps('auth.token')} {...password} label={t('webhookForm.auth.token')} />;
    case 'API_KEY':
      return (
        <>
          <TextInput {...form.getInputProps('auth.headerName')} {...text} label={t('webhookForm.auth.headerName')} />
          <PasswordInput {...form.getInputProps('auth.apiKey')} {...password} label={t('webhookForm.auth.key')} />
        </>
      );
    case 'BASIC':
      return (
        <>
          <TextInput {...form.getInputProps('auth.username')} {...text} label={t('webhookForm.auth.username')} />
          <PasswordInput {...form.getInputProps('auth.password')} {...password} label={t('webhookForm.auth.password')} />
        </>
      );
    case 'CUSTOM_HEADERS':
      return <PairsEditor form={form} path="auth.headers" rows={auth.headers} kind="header" secret />;
  }
}
