import { IconHistory, IconPencil, IconSend, IconWebhook } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api';
import { useSession } from '../session';
import type { Entry } from './entry';

/** The webhooks that were found, and what can be done to the only one. */
export function useWebhookEntries(found: readonly Webhook[]): Entry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useSession().may('webhooks:write');
  const pages = found.map(({ id, name, url }): Entry => {
    return {
      id,
      label: name,
      description: url,
      icon: IconWebhook,
      run: () => void navigate({ to: '/webhooks/$webhookId', params: { webhookId: id } }),
    };
  });
  const [only, ...others] = found;
  if (!only || others.length > 0) return pages;
  const { id: webhookId, name } = only;
  const actions = [
    { part: 'history', label: t('webhook.action.historyOf', { name }), icon: IconHistory },
    { part: 'testing', label: t('webhook.action.testOf', { name }), icon: IconSend, writes: true },
    { part: 'edit', label: t('webhook.action.editOf', { name }), icon: IconPencil, writes: true },
  ] as const;
  return [
    ...pages,
    ...actions
      .filter((action) => mayWrite || !('writes' in action))
      .map(({ part, label, icon }) => ({
        id: part,
        label,
        icon,
        run: () => void navigate({ to: `/webhooks/$webhookId/${part}`, params: { webhookId } }),
      })),
  ];
}
