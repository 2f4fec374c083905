import { Alert, Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKey, problemOf } from '../../api';
import { Dialog } from '../../shown';
import type { useKeyChanges } from './use-api-keys';

interface CreateKeyDialogProps {
  readonly onClose: () => void;
  readonly create: ReturnType<typeof useKeyChanges>['create'];
  readonly onCreated: (apiKey: ApiKey) => void;
}

const SCOPES = ['webhooks:read', 'webhooks:write', 'events:write', 'deliveries:read', 'deliveries:redeliver', 'admin'] as const;
const EXPIRIES = ['never', '30', '90', '365'] as const;
const DAY_MS = 86_400_000;

/** Name, scopes, expiry. A server's complaint about a field stands at the field. */
export function CreateKeyDialog({ onClose, create, onCreated }: CreateKeyDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(SCOPES.filter((scope) => scope !== 'admin'));
  const [expiry, setExpiry] = useState<string>('never');
  const problem = create.error ? problemOf(create.error) : undefined;
  const fault = (field: string) => problem?.errors?.find((each) => each.field === field)?.message;
  return (
    <Dialog opened onClose={onClose} title={t('developers.keys.create.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const expiresAt = expiry === 'never' ? null : new Date(Date.now() + Number(expiry) * DAY_MS).toISOString();
          create.mutate(
            { name: name.trim(), scopes: SCOPES.filter((scope) => scopes.includes(scope)), expiresAt },
            { onSuccess: onCreated },
          );
        }}
      >
        <Stack>
          <TextInput
            label={t('developers.keys.create.name')}
            placeholder={t('developers.keys.create.namePlaceholder')}
            required
            maxLength={100}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={fault('name')}
            data-autofocus
          />
          <Checkbox.Group label={t('developers.keys.create.scopes')} value={scopes} onChange={setScopes} error={fault('scopes')}>
            <Stack gap={6} mt={6}>
              {SCOPES.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t(`developers.keys.scope.${scope}`, { nsSeparator: false })}
                  description={scope}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <Select
            label={t('developers.keys.create.expires')}
            value={expiry}
            onChange={(chosen) => setExpiry(chosen ?? 'never')}
            allowDeselect={false}
            data={EXPIRIES.map((value) => ({ value, label: t(`developers.keys.expiry.${value}`) }))}
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
            <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || scopes.length === 0}>
              {t('developers.keys.create.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
