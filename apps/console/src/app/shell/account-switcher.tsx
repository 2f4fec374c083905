import { NavLink, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Account, listAccounts } from '../../api';
import { ProblemState } from '../../list';
import { useSession } from '../session';
import { Dialog, leaveAfterAsking } from '../../shown';

interface AccountSwitcherProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSwitched: () => void;
}

const PAGE = 100;
const PAGES = 20;

/** Which account an administrator looks at. */
export function AccountSwitcher({ opened, onClose, onSwitched }: AccountSwitcherProps) {
  const { t } = useTranslation();
  const { accountId, switchAccount } = useSession();
  const [text, setText] = useState('');
  const accounts = useQuery({ queryKey: ['accountsToSwitchTo'], enabled: opened, queryFn: allAccounts });
  const sought = text.trim().toLowerCase();
  const found = accounts.data?.filter(({ id, name }) => id.toLowerCase().includes(sought) || name.toLowerCase().includes(sought));
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
        {found?.length === 0 ? (
          <Text c="dimmed" size="sm" role="status">
            {t('app.account.none')}
          </Text>
        ) : null}
        <Stack gap={2} mah={320} style={{ overflowY: 'auto' }}>
          {found?.map(({ id, name }) => (
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

async function allAccounts(): Promise<Account[]> {
  const all: Account[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { data } = await listAccounts({ query: { limit: PAGE, ...(cursor ? { cursor } : {}) }, throwOnError: true });
    all.push(...data.data);
    if (data.nextCursor === null) break;
    cursor = data.nextCursor;
  }
  return all;
}
