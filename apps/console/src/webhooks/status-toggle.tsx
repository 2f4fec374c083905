import { Switch, Tooltip, VisuallyHidden } from '@mantine/core';
import { startTransition, useId, useOptimistic } from 'react';
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
  // What is remembered of webhooks changes a moment after the click: till then the switch would jump back.
  const [status, expectStatus] = useOptimistic(webhook.status);
  const enabled = status === 'enabled';
  const move = () =>
    startTransition(async () => {
      const wanted = enabled ? 'disabled' : 'enabled';
      expectStatus(wanted);
      // What went wrong is said where it is sent.
      await toggle.mutateAsync({ webhook, status: wanted }).catch(() => undefined);
    });
  return (
    <Tooltip label={missing} disabled={mayWrite}>
      <div>
        <Switch
          checked={enabled}
          disabled={!mayWrite}
          onChange={move}
          label={t(`webhooks.status.${status}`)}
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
