import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { createWebhook, type Webhook } from '../api';
import { Page, useSession } from '../app';
import { LeaveGuard } from '../shown';
import { SecretDialog } from '../webhook/secrets';
import { CreatedTest } from './created-test';
import { createRequest } from './form-request';
import type { WebhookFormValues } from './form-values';
import { SubmitBar } from './submit-bar';
import { useCatalog } from './use-catalog';
import { useServerFaults } from './use-server-faults';
import { useWebhookForm } from './use-webhook-form';
import { WebhookFormView } from './webhook-form-view';

interface CreateWebhookPageProps {
  readonly initialValues: WebhookFormValues;
  /** The name of the webhook that this one begins as a copy of. */
  readonly copyOf?: string | undefined;
}

/** A new webhook. Its secret is shown in the answer and never again, so that the page stays until it has been stored. */
export function CreateWebhookPage({ initialValues, copyOf }: CreateWebhookPageProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { accountId } = useSession();
  const catalog = useCatalog();
  const form = useWebhookForm(initialValues);
  const faults = useServerFaults(form);
  const withTest = useRef(false);
  const saved = useRef(false);

  const create = useMutation({
    mutationFn: async (values: WebhookFormValues) => {
      const { data } = await createWebhook({ body: createRequest(values), throwOnError: true });
      return { webhook: data, tested: withTest.current };
    },
    onSuccess: async ({ webhook, tested }) => {
      saved.current = true;
      faults.clear();
      await client.invalidateQueries({ queryKey: ['webhooks'] });
      if (!webhook.secret && !tested) await open(webhook);
    },
    onError: faults.show,
  });
  const open = (webhook: Webhook) => navigate({ to: '/webhooks/$webhookId', params: { webhookId: webhook.id } });
  const { webhook, tested } = create.data ?? {};

  return (
    <Page
      title={t('webhookForm.create.title')}
      hint={copyOf === undefined ? t('webhookForm.create.hint') : t('webhookForm.create.copyHint', { name: copyOf })}
    >
      <WebhookFormView
        form={form}
        catalog={catalog}
        webhook={undefined}
        accountId={accountId}
        problem={faults.problem}
        refusals={faults.refusals}
        onSubmit={(values) => create.mutate(values)}
        actions={
          <SubmitBar
            onCancel={() => void navigate({ to: '/webhooks' })}
            submitLabel={t('webhookForm.create.submit')}
            pending={create.isPending}
            onSubmitChosen={() => (withTest.current = false)}
          >
            {/* No submit button: Enter in a field presses the first of those, and a test goes out only when asked for. */}
            <Button
              variant="light"
              disabled={create.isPending}
              onClick={({ currentTarget }) => {
                withTest.current = true;
                currentTarget.form?.requestSubmit();
              }}
            >
              {t('webhookForm.create.submitAndTest')}
            </Button>
          </SubmitBar>
        }
      />
      <LeaveGuard
        wouldLose={() => !saved.current && form.isDirty()}
        title={t('webhookForm.leave.titleNew')}
        effect={t('webhookForm.leave.effect')}
        stay={t('webhookForm.leave.stay')}
        leave={t('webhookForm.leave.discard')}
      />
      <SecretDialog
        webhookName={webhook?.name ?? ''}
        opened={webhook !== undefined && (webhook.secret !== undefined || tested === true)}
        secret={webhook?.secret && webhook.secretWhsec ? { secret: webhook.secret, secretWhsec: webhook.secretWhsec } : undefined}
        onStored={() => webhook && void open(webhook)}
      >
        {webhook && tested ? <CreatedTest webhook={webhook} /> : null}
      </SecretDialog>
    </Page>
  );
}
