import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, updateWebhook, type Webhook } from '../api';
import { Page } from '../app';
import { LeaveGuard } from '../shown';
import { SecretDialog } from '../webhook/secrets';
import { isEmptyPatch, patchRequest } from './form-request';
import { formOf, type WebhookFormValues } from './form-values';
import { SubmitBar } from './submit-bar';
import { useCatalog } from './use-catalog';
import { useServerFaults } from './use-server-faults';
import { useWebhookForm } from './use-webhook-form';
import { FormProblem, WebhookFormView } from './webhook-form-view';

interface EditWebhookPageProps {
  /** As it was read when the page was opened: only what differs from it is sent, and only if it is still the newest. */
  readonly webhook: Webhook;
  readonly onReload: () => void;
}

/** Changes of a webhook. Secret and credentials that are left untouched stay as they are. */
export function EditWebhookPage({ webhook, onReload }: EditWebhookPageProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const catalog = useCatalog();
  const form = useWebhookForm(formOf(webhook));
  const faults = useServerFaults(form);
  const saved = useRef(false);
  const open = () => navigate({ to: '/webhooks/$webhookId', params: { webhookId: webhook.id } });

  const update = useMutation({
    mutationFn: async (values: WebhookFormValues) => {
      const body = patchRequest(values, webhook);
      if (isEmptyPatch(body)) return undefined;
      const headers = { 'If-Match': `"${webhook.version}"` };
      return (await updateWebhook({ path: { id: webhook.id }, body, headers, throwOnError: true })).data;
    },
    onSuccess: async (updated) => {
      saved.current = true;
      // Not what this form was made of: reading that again would make the form anew, and take the secret off the screen.
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'webhookAsRead' });
      notifications.show({ message: t(updated ? 'webhookForm.edit.done' : 'webhookForm.edit.unchanged', { name: form.getValues().name }) });
      if (!updated?.secret) await open();
    },
    onError: faults.show,
  });
  const stale = update.error !== null && problemOf(update.error).status === 412;

  return (
    <Page title={t('webhookForm.edit.title', { name: webhook.name })} hint={t('webhookForm.edit.hint')}>
      {stale ? (
        <FormProblem title={t('webhookForm.edit.stale')}>
          <Group justify="space-between">
            <Text size="sm">{t('webhookForm.edit.staleHint')}</Text>
            <Button size="xs" variant="default" onClick={onReload}>
              {t('webhookForm.edit.reload')}
            </Button>
          </Group>
        </FormProblem>
      ) : null}
      <WebhookFormView
        form={form}
        catalog={catalog}
        webhook={webhook}
        accountId={webhook.accountId}
        problem={stale ? undefined : faults.problem}
        refusals={faults.refusals}
        onSubmit={(values) => update.mutate(values)}
        actions={<SubmitBar onCancel={() => void open()} submitLabel={t('webhookForm.edit.submit')} pending={update.isPending} />}
      />
      <LeaveGuard
        wouldLose={() => !saved.current && form.isDirty()}
        title={t('webhookForm.leave.title', { name: webhook.name })}
        effect={t('webhookForm.leave.effect')}
        stay={t('webhookForm.leave.stay')}
        leave={t('webhookForm.leave.discard')}
      />
      <SecretDialog
        webhookName={webhook.name}
        opened={update.data?.secret !== undefined}
        secret={
          update.data?.secret && update.data.secretWhsec ? { secret: update.data.secret, secretWhsec: update.data.secretWhsec } : undefined
        }
        onStored={() => void open()}
      />
    </Page>
  );
}
