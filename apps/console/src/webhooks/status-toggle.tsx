import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { useSession } from '../app';
import { useToggleStatus } from './use-toggle-status';

/** On or off, with the word beside it. It moves at once and back again when the server refuses. */
export function StatusToggle({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const toggle = useToggleStatus();
  const enabled = webhook.status === 'enabled';
  return (
    <Switch
      checked={enabled}
      disabled={!may('webhooks:write')}
      onChange={() => toggle.mutate({ webhook, status: enabled ? 'disabled' : 'enabled' })}
      label={t(`webhooks.status.${webhook.status}`)}
      aria-label={t('webhooks.status.toggle', { name: webhook.name })}
      size="sm"
    />
  );
}
