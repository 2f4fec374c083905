import { Alert, Anchor, Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { credentials, getSession, problemOf } from '../api';
import classes from './sign-in.module.css';

const UNAUTHORIZED = 401;

/** An API key opens the console. It is tried first, and kept for as long as the tab lives. */
export function SignIn() {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const enter = useMutation({
    mutationFn: async (token: string) => {
      await getSession({ headers: { authorization: `Bearer ${token}` } as never, throwOnError: true });
      return token;
    },
    onSuccess: (token) => credentials.set({ token, kind: 'key' }),
  });
  const problem = enter.error ? problemOf(enter.error) : undefined;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate(key.trim());
  };
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <form onSubmit={onSubmit}>
          <Stack gap="md">
            <img src="/favicon.svg" alt="" width={40} height={40} />
            <div>
              <Title order={1} size="h2">
                {t('signIn.title')}
              </Title>
              <Text c="dimmed" mt={4}>
                {t('signIn.hint')}
              </Text>
            </div>
            {credentials.refused && !problem ? <Alert color="yellow">{t('signIn.refused')}</Alert> : null}
            <PasswordInput
              label={t('signIn.key')}
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              leftSection={<IconKey size={16} aria-hidden />}
              autoComplete="off"
              spellCheck={false}
              required
              withAsterisk={false}
              autoFocus
              size="md"
              error={problem ? (problem.status === UNAUTHORIZED ? t('signIn.wrong') : `${problem.title}. ${problem.detail}`) : undefined}
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
            />
            <Button type="submit" size="md" loading={enter.isPending} disabled={key.trim() === ''}>
              {t('signIn.enter')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('signIn.where')}{' '}
              <Anchor href="/docs" underline="always">
                {t('signIn.reference')}
              </Anchor>
            </Text>
          </Stack>
        </form>
      </div>
    </main>
  );
}
