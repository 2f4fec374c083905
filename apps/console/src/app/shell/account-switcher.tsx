import { NavLink, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listAccounts } from '../../api';
import { ProblemState } from '../../list';
import { useSession } from '../session';
import { Dialog, leaveAfterAsking } from '../../shown';

interface AccountSwitcherProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSwitched: () => void;
}

/** More are found by typing. */
const SHOWN = 100;
const TYPING_MS = 300;

/** Which account an administrator looks at. */
export function AccountSwitcher({ opened, onClose, onSwitched }: AccountSwitcherProps) {
  const { t } = useTranslation();
  const { accountId, switchAccount } = useSession();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), TYPING_MS);
  const accounts = useQuery({
    queryKey: ['accountsToSwitchTo', q],
    enabled: opened,
    queryFn: async () => (await listAccounts({ query: { limit: SHOWN, ...(q ? { q } : {}) }, throwOnError: true })).data.data,
    placeholderData: keepPreviousData,
  });
  const choose = (id: string) => {
    onClose();
    if (id === accountId) return;
    leaveAfterAsking(() => {
      switchAccount(id);
      onSwitched();
    });
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={t('app.account.switch')}>
      <Stack gap="sm">
        <TextInput
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={16} aria-hidden />}
          placeholder={t('app.account.find')}
          aria-label={t('app.account.find')}
          data-autofocus
        />
        {accounts.error ? <ProblemState error={accounts.error} onRetry={() => void accounts.refetch()} /> : null}
        {accounts.isPending ? <Skeleton height={120} /> : null}
        {accounts.data?.length === 0 ? (
          <Text c="dimmed" size="sm" role="status">
            {t('app.account.none')}
          </Text>
        ) : null}
        <Stack gap={2} mah={320} style={{ overflowY: 'auto' }}>
          {accounts.data?.map(({ id, name }) => (
            <NavLink
              key={id}
              component="button"
              label={name}
              description={id === name ? undefined : id}
              active={id === accountId}
              rightSection={id === accountId ? <IconCheck size={16} aria-hidden /> : null}
              onClick={() => choose(id)}
            />
          ))}
        </Stack>
      </Stack>
    </Dialog>
  );
}
