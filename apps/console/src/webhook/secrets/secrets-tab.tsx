import { Alert, Badge, Button, Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck, IconHistory, IconKey, IconShieldOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listWebhookChanges, revokePreviousSecret, type Webhook } from '../../api';
import { Allowed } from '../../app';
import { ConfirmDialog, TimeText } from '../../shown';
import { RotateDialog } from '../dialogs/rotate-dialog';
import { previousValidUntil, recentChanges } from './previous-valid-until';
import { VerifySnippets } from './verify-snippets';

/** The secret in use, the one before it while it signs too, and how a receiver verifies. Neither secret is ever shown again. */
export function SecretsTab({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const [rotating, setRotating] = useState(false);
  const [secretsId, verifyId] = [useId(), useId()];
  const previous = usePrevious(webhook);

  return (
    <Stack>
      <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={secretsId}>
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h4" id={secretsId}>
            {t('webhook.secrets.title')}
          </Title>
          {webhook.signing ? (
            <Allowed scope="webhooks:write">
              <Button leftSection={<IconKey size={16} aria-hidden />} onClick={() => setRotating(true)}>
                {t('webhook.rotate.action')}
              </Button>
            </Allowed>
          ) : null}
        </Group>
        {webhook.signing ? <Secrets webhook={webhook} previousUntil={previous} /> : <Unsigned webhook={webhook} />}
      </Card>
      {webhook.signing ? (
        <Card component="section" withBorder padding="lg" radius="md" aria-labelledby={verifyId}>
          <Title order={2} size="h4" id={verifyId} mb="sm">
            {t('webhook.verify.title')}
          </Title>
          <VerifySnippets />
        </Card>
      ) : null}
      <RotateDialog webhook={rotating ? webhook : undefined} onClose={() => setRotating(false)} />
    </Stack>
  );
}

/** Until when the secret before the present one signs as well: only the webhook's own history tells. */
function usePrevious({ id, version, signing }: Webhook): string | undefined {
  const changes = useQuery({
    queryKey: ['webhookChanges', id, 'previous', version],
    enabled: signing,
    queryFn: () =>
      recentChanges(async (cursor) => {
        const query = { limit: 100, ...(cursor === null ? {} : { cursor }) };
        return (await listWebhookChanges({ path: { id }, query, throwOnError: true })).data;
      }, Date.now()),
  });
  return changes.data && previousValidUntil(changes.data, Date.now());
}

function Secrets({ webhook, previousUntil }: { readonly webhook: Webhook; readonly previousUntil: string | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokePreviousSecret({ path: { id: webhook.id }, throwOnError: true }),
    onSuccess: async () => {
      notifications.show({ message: t('webhook.secrets.revoked') });
      setEnding(false);
      await client.invalidateQueries();
    },
  });
  const [ending, setEnding] = useState(false);
  const close = () => {
    revoke.reset();
    setEnding(false);
  };
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('webhook.secrets.secret')}</Table.Th>
            <Table.Th scope="col">{t('webhook.secrets.state')}</Table.Th>
            <Table.Th scope="col">{t('webhook.secrets.validUntil')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row" fw={400} ff="monospace">
              ••••••••{webhook.secretLast4}
            </Table.Th>
            <Table.Td>
              <Badge miw="max-content" color="teal" variant="light" tt="none" leftSection={<IconCircleCheck size={13} aria-hidden />}>
                {t('webhook.secrets.active')}
              </Badge>
            </Table.Td>
            <Table.Td>{t('webhook.secrets.untilRotated')}</Table.Td>
          </Table.Tr>
          {previousUntil ? (
            <Table.Tr>
              <Table.Th scope="row" fw={400} ff="monospace">
                ••••••••
              </Table.Th>
              <Table.Td>
                <Badge miw="max-content" color="orange" variant="light" tt="none" leftSection={<IconHistory size={13} aria-hidden />}>
                  {t('webhook.secrets.previous')}
                </Badge>
              </Table.Td>
              <Table.Td>
                <Group gap="sm">
                  <TimeText iso={previousUntil} as="full" />
                  <Allowed scope="webhooks:write">
                    <Button size="compact-xs" variant="default" onClick={() => setEnding(true)}>
                      {t('webhook.secrets.revoke')}
                    </Button>
                  </Allowed>
                </Group>
              </Table.Td>
            </Table.Tr>
          ) : null}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        opened={ending}
        onClose={close}
        title={t('webhook.secrets.revokeTitle', { name: webhook.name })}
        confirm={t('webhook.secrets.revokeConfirm')}
        destructive
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate()}
      >
        {t('webhook.secrets.revokeEffect')}
      </ConfirmDialog>
    </Table.ScrollContainer>
  );
}

function Unsigned({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" variant="light" icon={<IconShieldOff size={20} aria-hidden />} title={t('webhook.secrets.unsigned')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('webhook.secrets.unsignedHint')}</Text>
        <Allowed scope="webhooks:write">
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link to="/webhooks/$webhookId/edit" params={{ webhookId: webhook.id }} {...props} />}
          >
            {t('webhook.secrets.switchOn')}
          </Button>
        </Allowed>
      </Stack>
    </Alert>
  );
}
