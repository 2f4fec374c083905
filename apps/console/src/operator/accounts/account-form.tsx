import { Alert, Button, Group, NumberInput, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Account, createAccount, problemOf, updateAccount } from '../../api';
import { Dialog } from '../../shown';

interface AccountFormProps {
  /** Absent: a new one. */
  readonly account?: Account;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const ROLES = ['ENTERPRISE'];
const DIGEST_MINUTES = 15;

/** An account to be made or changed. A server's complaint about a field stands at the field. */
export function AccountForm({ account, onClose, onDone }: AccountFormProps) {
  const { t } = useTranslation();
  const [id, setId] = useState('');
  const [name, setName] = useState(account?.name ?? '');
  const [owner, setOwner] = useState(account?.ownerEmail ?? '');
  const [roles, setRoles] = useState<string[]>(account?.roles ?? []);
  const [required, setRequired] = useState(account?.requiredRole ?? '');
  const [mails, setMails] = useState(account?.notifications.enabled ?? true);
  const [digest, setDigest] = useState<number | string>(account?.notifications.digestMinutes ?? DIGEST_MINUTES);
  const save = useMutation({
    mutationFn: async () => {
      const body = {
        name: name.trim(),
        ownerEmail: owner.trim() || null,
        roles,
        requiredRole: required.trim() || null,
        notifications: { enabled: mails, digestMinutes: Number(digest) },
      };
      if (account) await updateAccount({ path: { id: account.id }, body, throwOnError: true });
      else await createAccount({ body: { ...body, ...(id.trim() === '' ? {} : { id: id.trim() }) }, throwOnError: true });
    },
    onSuccess: onDone,
  });
  const problem = save.error ? problemOf(save.error) : undefined;
  const fault = (field: string) => problem?.errors?.find((each) => each.field === field || each.field.startsWith(`${field}[`))?.message;
  const form = (key: string) => t(`operator.accounts.form.${key}`);
  return (
    <Dialog opened onClose={onClose} title={account ? t('operator.accounts.form.edit', { name: account.name }) : form('create')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={form('name')}
            required
            maxLength={100}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={fault('name')}
            data-autofocus
          />
          {account ? null : (
            <TextInput
              label={form('id')}
              description={form('idHint')}
              value={id}
              onChange={({ currentTarget }) => setId(currentTarget.value)}
              error={fault('id')}
            />
          )}
          <TextInput
            type="email"
            label={form('owner')}
            description={form('ownerHint')}
            value={owner}
            onChange={({ currentTarget }) => setOwner(currentTarget.value)}
            error={fault('ownerEmail')}
          />
          <TagsInput
            label={form('roles')}
            description={form('rolesHint')}
            value={roles}
            onChange={setRoles}
            data={ROLES}
            error={fault('roles')}
          />
          <TextInput
            label={form('required')}
            description={form('requiredHint')}
            value={required}
            onChange={({ currentTarget }) => setRequired(currentTarget.value)}
            error={fault('requiredRole')}
          />
          <Switch label={form('mails')} checked={mails} onChange={({ currentTarget }) => setMails(currentTarget.checked)} />
          <NumberInput
            label={form('digest')}
            description={form('digestHint')}
            min={0}
            max={1440}
            value={digest}
            onChange={setDigest}
            disabled={!mails}
            error={fault('notifications.digestMinutes')}
          />
          {problem && !problem.errors?.length ? (
            <Alert color="red" role="alert" title={problem.title}>
              {problem.detail}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shown.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {form(account ? 'editConfirm' : 'createConfirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
