import { Switch, Tooltip, VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api';
import { useScopeWords, useSession } from '../app';
import { useToggleStatus } from './use-toggle-status';
import classes from './webhooks.module.css';

/** On or off, with the word beside it. It moves at once and back again when the server refuses; who may not move it is told why. */
export function StatusToggle({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const mayWrite = useSession().may('webhooks:write');
  const missing = useScopeWords('webhooks:write');
  const reasonId = useId();
  const toggle = useToggleStatus();
  const enabled = webhook.status === 'enabled';
  return (
    <Tooltip label={missing} disabled={mayWrite}>
      <div>
        <Switch
          checked={enabled}
          disabled={!mayWrite}
          onChange={() => toggle.mutate({ webhook, status: enabled ? 'disabled' : 'enabled' })}
          label={t(`webhooks.status.${webhook.status}`)}
          aria-label={t('webhooks.status.toggle', { name: webhook.name })}
          aria-describedby={mayWrite ? undefined : reasonId}
          size="sm"
          classNames={{ label: classes.statusLabel }}
        />
        {mayWrite ? null : <VisuallyHidden id={reasonId}>{missing}</VisuallyHidden>}
      </div>
    </Tooltip>
  );
}
