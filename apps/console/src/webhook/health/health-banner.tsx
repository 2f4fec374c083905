import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { probeWebhook, problemOf, resetCircuit, type Webhook } from '../../api';
import { Allowed } from '../../app';
import { EnableDialog } from '../dialogs/enable-dialog';
import { type HealthState, healthState } from './health-state';
import { LOOKS } from './health-looks';
import { useHealthWords } from './use-health-words';

/** What is wrong with the endpoint and what can be done about it. Nothing while all is well. */
export function HealthBanner({ webhook }: { readonly webhook: Webhook }) {
  // Once it is enabled nothing else says since when it was disabled, and the dialog may still have something to tell.
  const [disabledAt, setDisabledAt] = useState<string>();
  const state = healthState(webhook);
  return (
    <>
      {state.kind === 'healthy' ? null : <Banner webhook={webhook} state={state} onEnable={() => setDisabledAt(state.since)} />}
      <EnableDialog webhook={webhook} disabledAt={disabledAt} onClose={() => setDisabledAt(undefined)} />
    </>
  );
}

interface BannerProps {
  readonly webhook: Webhook;
  readonly state: HealthState;
  readonly onEnable: () => void;
}

function Banner({ webhook, state, onEnable }: BannerProps) {
  const { t } = useTranslation();
  const words = useHealthWords()(state);
  const look = LOOKS[state.kind];
  return (
    <Alert variant="light" color={look.color} icon={<look.icon aria-hidden />} title={words.short} role="status">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{words.long}</Text>
        <Group gap="xs">
          <Allowed scope="webhooks:write">
            {state.kind === 'paused' || state.kind === 'probing' ? <CircuitButtons webhook={webhook} /> : null}
            {webhook.status === 'disabled' ? (
              <Button size="xs" onClick={onEnable}>
                {t('webhook.enable.action')}
              </Button>
            ) : null}
          </Allowed>
          {state.kind === 'off' ? null : (
            <Button
              size="xs"
              variant="default"
              renderRoot={(props) => (
                <Link
                  to="/webhooks/$webhookId/history"
                  params={{ webhookId: webhook.id }}
                  search={{ status: 'failed' } as never}
                  {...props}
                />
              )}
            >
              {t('webhook.health.seeFailures')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Both are queued: what comes of them is seen as the health changes. */
function CircuitButtons({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const command = useMutation({
    mutationFn: async (kind: 'probe' | 'reset') => {
      const call = kind === 'probe' ? probeWebhook : resetCircuit;
      await call({ path: { id: webhook.id }, throwOnError: true });
      return kind;
    },
    onSuccess: async (kind) => {
      notifications.show({ message: t(`webhook.health.${kind}Queued`) });
      await client.invalidateQueries();
    },
    onError: (error) => notifications.show({ color: 'red', title: problemOf(error).title, message: problemOf(error).detail }),
  });
  return (
    <>
      <Button size="xs" loading={command.isPending && command.variables === 'probe'} onClick={() => command.mutate('probe')}>
        {t('webhook.health.probeNow')}
      </Button>
      <Button
        size="xs"
        variant="default"
        loading={command.isPending && command.variables === 'reset'}
        onClick={() => command.mutate('reset')}
      >
        {t('webhook.health.reset')}
      </Button>
    </>
  );
}
