import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconLockAccess } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api';

/** Whether a refusal says that the account lacks the role that webhooks need here. */
export function isRoleRequired(error: unknown): boolean {
  return problemOf(error).code === 'ROLE_REQUIRED';
}

interface RoleRequiredProps {
  readonly error: unknown;
  /** 1 where nothing else heads the page. */
  readonly headingOrder?: 1 | 2;
}

/** No fault to be retried and no empty list: what is missing, and who can give it. */
export function RoleRequired({ error, headingOrder = 2 }: RoleRequiredProps) {
  const { t } = useTranslation();
  const { detail } = problemOf(error);
  return (
    <Stack align="center" gap="sm" py={64} px="md" ta="center" role="status">
      <ThemeIcon size={56} radius="xl" variant="light" color="grape">
        <IconLockAccess size={30} aria-hidden />
      </ThemeIcon>
      <Title order={headingOrder} size="h3">
        {t('webhooks.role.title')}
      </Title>
      <Text maw={460}>{t('webhooks.role.hint')}</Text>
      <Text size="sm" c="dimmed">
        {detail}
      </Text>
    </Stack>
  );
}
