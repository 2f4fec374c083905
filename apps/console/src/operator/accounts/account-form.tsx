import { Alert, Button, Group, NumberInput, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Account, createAccount, problemOf, updateAccount } from '../../api';
import { Dialog } from '../../shown';
import { accountRequest, accountValues, ifUnchanged } from './account-request';

interface AccountFormProps {
  /** Absent: a new one. */
  readonly account?: Account;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const ROLES = ['ENTERPRISE'];
const STALE = 412;

/** An account to be made or changed. A server's complaint about a field stands at the field. */
export function AccountForm({ account, onClose, onDone }: AccountFormProps) {
  const { t } = useTranslation();
  const [id, setId] = useState('');
  const [values, setValues] = useState(accountValues(account));
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: async () => {
      const body = accountRequest(values);
      if (account) await updateAccount({ path: { id: account.id }, body, headers: ifUnchanged(account), throwOnError: true });
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
            value={values.name}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
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
            value={values.owner}
            onChange={({ currentTarget }) => set({ owner: currentTarget.value })}
            error={fault('ownerEmail')}
          />
          <TagsInput
            label={form('roles')}
            description={form('rolesHint')}
            value={values.roles}
            onChange={(roles) => set({ roles })}
            data={ROLES}
            error={fault('roles')}
          />
          <TextInput
            label={form('required')}
            description={form('requiredHint')}
            value={values.required}
            onChange={({ currentTarget }) => set({ required: currentTarget.value })}
            error={fault('requiredRole')}
          />
          <Switch label={form('mails')} checked={values.mails} onChange={({ currentTarget }) => set({ mails: currentTarget.checked })} />
          <NumberInput
            label={form('digest')}
            description={form('digestHint')}
            min={0}
            max={1440}
            allowDecimal={false}
            placeholder={form('digestPlaceholder')}
            value={values.digest}
            onChange={(digest) => set({ digest })}
            disabled={!values.mails}
            error={fault('notifications.digestMinutes')}
          />
          {problem && !problem.errors?.length ? (
            <Alert color="red" role="alert" title={problem.status === STALE ? form('stale') : problem.title}>
              {problem.status === STALE ? form('staleHint') : problem.detail}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shown.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={values.name.trim() === ''}>
              {form(account ? 'editConfirm' : 'createConfirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
