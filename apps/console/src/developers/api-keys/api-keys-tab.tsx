import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconKey, IconPlus } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api';
import { useSession } from '../../app';
import { searchText } from '../../filters/search-text';
import { CursorPages, ListStates } from '../../list';
import { ConfirmDialog, TimeText, useTimeFormat } from '../../shown';
import { RowTable } from '../../tables';
import { CreateKeyDialog } from './create-key-dialog';
import { RotateKeyDialog } from './rotate-key-dialog';
import { ShownKeyDialog } from './shown-key-dialog';
import { useApiKeys, useKeyChanges } from './use-api-keys';

/** The API keys of the account looked at. */
export function ApiKeysTab() {
  const { t } = useTranslation();
  const { isAdmin, accountId } = useSession();
  if (!isAdmin) {
    return (
      <Alert variant="light" color="blue" icon={<IconInfoCircle size={18} aria-hidden />}>
        {t('developers.keys.cannot')}
      </Alert>
    );
  }
  return <ApiKeys key={accountId} accountId={accountId} />;
}

type Asked = { readonly kind: 'create' } | { readonly kind: 'rotate' | 'revoke'; readonly apiKey: ApiKey };

export function ApiKeys({ accountId }: { readonly accountId: string }) {
  const { t } = useTranslation();
  const { cursor }: { cursor?: unknown } = useSearch({ strict: false });
  const keys = useApiKeys(accountId, searchText(cursor, 1000));
  const { create, rotate, revoke } = useKeyChanges(accountId);
  const [asked, setAsked] = useState<Asked>();
  const [shown, setShown] = useState<ApiKey>();
  const close = () => {
    setAsked(undefined);
    for (const change of [create, rotate, revoke]) change.reset();
  };
  const show = (apiKey: ApiKey) => {
    close();
    setShown(apiKey);
  };
  const newKey = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ kind: 'create' })}>
      {t('developers.keys.new')}
    </Button>
  );
  const ofKey = asked && asked.kind !== 'create' ? asked.apiKey : undefined;
  return (
    <Stack>
      <Group justify="space-between">
        <Text>{t('developers.keys.intro')}</Text>
        {keys.data?.data.length === 0 ? null : newKey}
      </Group>
      <ListStates
        query={keys}
        empty={{
          title: t('developers.keys.empty.title'),
          detail: t('developers.keys.empty.detail'),
          icon: <IconKey size={22} />,
          action: newKey,
        }}
      >
        {(page) => (
          <>
            <KeyTable keys={page.data} onAsk={(kind, apiKey) => setAsked({ kind, apiKey })} />
            <CursorPages nextCursor={page.nextCursor} />
          </>
        )}
      </ListStates>
      {asked?.kind === 'create' ? <CreateKeyDialog onClose={close} create={create} onCreated={show} /> : null}
      {asked?.kind === 'rotate' ? <RotateKeyDialog apiKey={asked.apiKey} onClose={close} rotate={rotate} onRotated={show} /> : null}
      <ConfirmDialog
        opened={asked?.kind === 'revoke'}
        onClose={close}
        title={t('developers.keys.revoke.title', { name: ofKey?.name })}
        confirm={t('developers.keys.revoke.confirm')}
        destructive
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => ofKey && revoke.mutate(ofKey.id, { onSuccess: close })}
      >
        {t('developers.keys.revoke.text')}
      </ConfirmDialog>
      {shown ? <ShownKeyDialog apiKey={shown} onStored={() => setShown(undefined)} /> : null}
    </Stack>
  );
}

interface KeyTableProps {
  readonly keys: readonly ApiKey[];
  readonly onAsk: (kind: 'rotate' | 'revoke', apiKey: ApiKey) => void;
}

function KeyTable({ keys, onAsk }: KeyTableProps) {
  const { t } = useTranslation();
  const { clock } = useTimeFormat();
  return (
    <RowTable
      label={t('developers.keys.table')}
      rows={keys}
      idOf={({ id }) => id}
      minWidth={900}
      columns={[
        {
          key: 'name',
          label: t('developers.keys.column.name'),
          cell: ({ name, previousValidUntil }) => (
            <>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              {previousValidUntil && Date.parse(previousValidUntil) > Date.now() ? (
                <Text size="xs" c="dimmed">
                  {t('developers.keys.previous', { time: clock(previousValidUntil) })}
                </Text>
              ) : null}
            </>
          ),
        },
        {
          key: 'key',
          label: t('developers.keys.column.key'),
          wide: true,
          cell: ({ prefix, last4 }) => (
            <Text span size="sm" ff="monospace" style={{ overflowWrap: 'normal' }}>
              {prefix}
              <wbr />…{last4}
            </Text>
          ),
        },
        {
          key: 'scopes',
          label: t('developers.keys.column.scopes'),
          wide: true,
          cell: ({ scopes }) => (
            <Group gap={4}>
              {scopes.map((scope) => (
                <Badge key={scope} variant="default" ff="monospace" fw={400}>
                  {scope}
                </Badge>
              ))}
            </Group>
          ),
        },
        {
          key: 'lastUsed',
          label: t('developers.keys.column.lastUsed'),
          cell: ({ lastUsedAt }) => (lastUsedAt ? <TimeText iso={lastUsedAt} /> : t('developers.keys.neverUsed')),
        },
        {
          key: 'expires',
          label: t('developers.keys.column.expires'),
          wide: true,
          cell: ({ expiresAt }) => (expiresAt ? <TimeText iso={expiresAt} /> : t('developers.keys.never')),
        },
        {
          key: 'actions',
          label: t('developers.keys.column.actions'),
          cell: (apiKey) => (
            <Group gap={6} wrap="nowrap">
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('developers.keys.rotate.of', { name: apiKey.name })}
                onClick={() => onAsk('rotate', apiKey)}
              >
                {t('developers.keys.rotate.action')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t('developers.keys.revoke.of', { name: apiKey.name })}
                onClick={() => onAsk('revoke', apiKey)}
              >
                {t('developers.keys.revoke.action')}
              </Button>
            </Group>
          ),
        },
      ]}
    />
  );
}
