import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app';

interface WebhookLinkProps {
  readonly webhookId: string;
  readonly accountId: string;
  readonly children: string;
}

/** The page of a webhook is seen from its account: following the link means looking at that one. */
export function WebhookLink({ webhookId, accountId, children }: WebhookLinkProps) {
  const { t } = useTranslation();
  const isElsewhere = useSession().accountId !== accountId;
  return (
    <Anchor
      size="sm"
      fw={600}
      title={isElsewhere ? t('operator.elsewhere', { account: accountId }) : undefined}
      renderRoot={(props: object) => (
        <Link to="/webhooks/$webhookId" params={{ webhookId }} search={isElsewhere ? { account: accountId } : {}} {...props} />
      )}
    >
      {children}
    </Anchor>
  );
}
