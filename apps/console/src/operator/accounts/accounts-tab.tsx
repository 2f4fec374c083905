import { Anchor, Badge, Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Account, deleteAccount, listAccounts } from '../../api';
import { TextFilter } from '../../filters';
import { CursorPages, ListStates } from '../../list';
import { ConfirmDialog, IdText, TimeText } from '../../shown';
import { RowTable, useCursorList } from '../../tables';
import { AccountForm } from './account-form';
import { DeletedWithIt } from './deleted-with-it';

type Asked = { readonly kind: 'create' } | { readonly kind: 'edit' | 'delete'; readonly account: Account };

/** Accounts, their owners and roles. */
export function AccountsTab() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>();
  const { list, search, filter, clear, filtered } = useCursorList(
    'accounts',
    ['q'],
    async (query) => (await listAccounts({ query, throwOnError: true })).data,
  );
  const done = (message: string) => {
    setAsked(undefined);
    notifications.show({ message });
    void list.refetch();
  };
  const remove = useMutation({
    mutationFn: async (id: string) => {
      await deleteAccount({ path: { id }, throwOnError: true });
    },
    onSuccess: () => done(t('operator.accounts.deleted')),
  });
  const close = () => {
    remove.reset();
    setAsked(undefined);
  };
  const newAccount = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ kind: 'create' })}>
      {t('operator.accounts.new')}
    </Button>
  );
  const account = asked && asked.kind !== 'create' ? asked.account : undefined;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <TextFilter main label={t('operator.accounts.find')} value={search.q} onChange={(q) => filter({ q })} />
        {newAccount}
      </Group>
      <ListStates
        query={list}
        filtered={filtered}
        onClear={clear}
        empty={{ title: t('operator.accounts.empty.title'), action: newAccount }}
      >
        {(page) => (
          <>
            <AccountTable accounts={page.data} onAsk={(kind, each) => setAsked({ kind, account: each })} />
            <CursorPages nextCursor={page.nextCursor} />
          </>
        )}
      </ListStates>
      {asked?.kind === 'create' ? <AccountForm onClose={close} onDone={() => done(t('operator.accounts.created'))} /> : null}
      {asked?.kind === 'edit' ? (
        <AccountForm account={asked.account} onClose={close} onDone={() => done(t('operator.accounts.saved'))} />
      ) : null}
      <ConfirmDialog
        opened={asked?.kind === 'delete'}
        onClose={close}
        title={t('operator.accounts.deleteTitle', { name: account?.name })}
        confirm={t('operator.accounts.deleteConfirm')}
        destructive
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => account && remove.mutate(account.id)}
      >
        {account ? <DeletedWithIt accountId={account.id} /> : null}
      </ConfirmDialog>
    </Stack>
  );
}

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly onAsk: (kind: 'edit' | 'delete', account: Account) => void;
}

function AccountTable({ accounts, onAsk }: AccountTableProps) {
  const { t } = useTranslation();
  const column = (key: string) => t(`operator.accounts.column.${key}`);
  return (
    <RowTable
      label={t('operator.accounts.table')}
      rows={accounts}
      idOf={({ id }) => id}
      minWidth={1020}
      columns={[
        {
          key: 'account',
          label: column('account'),
          cell: ({ id, name }) => (
            <Stack gap={0}>
              <Anchor size="sm" fw={600} renderRoot={(props: object) => <WebhooksLink accountId={id} {...props} />}>
                {name}
              </Anchor>
              <IdText id={id} />
            </Stack>
          ),
        },
        {
          key: 'owner',
          label: column('owner'),
          wide: true,
          data: true,
          cell: ({ ownerEmail }) => ownerEmail ?? t('operator.accounts.none'),
        },
        {
          key: 'roles',
          label: column('roles'),
          wide: true,
          cell: ({ roles }) =>
            roles.length === 0 ? (
              t('operator.accounts.none')
            ) : (
              <Group gap={4}>
                {roles.map((role) => (
                  <Badge key={role} color="indigo">
                    {role}
                  </Badge>
                ))}
              </Group>
            ),
        },
        { key: 'required', label: column('required'), wide: true, cell: ({ requiredRole }) => requiredRole ?? t('operator.accounts.none') },
        { key: 'mails', label: column('mails'), wide: true, cell: (account) => <Mails account={account} /> },
        { key: 'created', label: column('created'), wide: true, cell: ({ createdAt }) => <TimeText iso={createdAt} /> },
        {
          key: 'actions',
          label: column('actions'),
          cell: (account) => (
            <Group gap={6} wrap="nowrap">
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('operator.accounts.openOf', { name: account.name })}
                renderRoot={(props: object) => <WebhooksLink accountId={account.id} {...props} />}
              >
                {t('operator.accounts.open')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('operator.accounts.editOf', { name: account.name })}
                onClick={() => onAsk('edit', account)}
              >
                {t('operator.accounts.edit')}
              </Button>
              {account.id === 'default' ? null : (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  aria-label={t('operator.accounts.deleteOf', { name: account.name })}
                  onClick={() => onAsk('delete', account)}
                >
                  {t('operator.accounts.delete')}
                </Button>
              )}
            </Group>
          ),
        },
      ]}
    />
  );
}

/** The webhooks of an account, which is looked at from then on. */
function WebhooksLink({ accountId, ...props }: { readonly accountId: string }) {
  return <Link to="/webhooks" search={{ account: accountId }} {...props} />;
}

function Mails({ account: { notifications: mails, ownerEmail } }: { readonly account: Account }) {
  const { t } = useTranslation();
  if (!mails.enabled || (ownerEmail === null && !mails.extraEmails?.length)) return t('operator.accounts.mails.off');
  const count = mails.digestMinutes ?? undefined;
  if (count === undefined) return t('operator.accounts.mails.default');
  return count === 0 ? t('operator.accounts.mails.every') : t('operator.accounts.mails.digest', { count });
}
