import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getWebhook } from '../api';
import { Allowed, Page, ScopeRequired } from '../app';
import { ReadProblem, useRoleCheck } from '../webhooks';
import { CreateWebhookPage } from './create-webhook-page';
import { EditWebhookPage } from './edit-webhook-page';
import { duplicateForm, emptyForm } from './form-values';
import { newWebhookSearch } from './new-webhook-search';

/** `/webhooks/new`, empty, with an event chosen already (`event`) or as a copy (`from`). */
export function NewWebhookRoute() {
  return (
    <Allowed scope="webhooks:write" otherwise={<ScopeRequired scope="webhooks:write" headingOrder={1} />}>
      <NewWebhook />
    </Allowed>
  );
}

function NewWebhook() {
  const { t } = useTranslation();
  const { from, event } = newWebhookSearch(useSearch({ strict: false }));
  const source = useAsRead(from);
  const role = useRoleCheck();
  if (role.missing) return <ReadProblem error={role.error} onRetry={role.retry} />;
  if (from === undefined) return <CreateWebhookPage initialValues={{ ...emptyForm(), events: event === undefined ? [] : [event] }} />;
  if (source.error) return <ReadProblem error={source.error} onRetry={() => void source.refetch()} />;
  if (!source.data) return <FormSkeleton title={t('webhookForm.create.title')} />;
  const { name } = source.data;
  const copyName = t('webhookForm.create.copyName', { name }).slice(0, 100);
  return <CreateWebhookPage key={source.data.id} initialValues={duplicateForm(source.data, copyName)} copyOf={name} />;
}

/** `/webhooks/$webhookId/edit`. */
export function EditWebhookRoute() {
  return (
    <Allowed scope="webhooks:write" otherwise={<ScopeRequired scope="webhooks:write" headingOrder={1} />}>
      <EditWebhook />
    </Allowed>
  );
}

function EditWebhook() {
  const { t } = useTranslation();
  const { webhookId } = useParams({ strict: false });
  const webhook = useAsRead(webhookId);
  if (webhook.error) return <ReadProblem error={webhook.error} onRetry={() => void webhook.refetch()} />;
  if (!webhook.data) return <FormSkeleton title={t('webhookForm.edit.loading')} />;
  return <EditWebhookPage key={webhook.data.version} webhook={webhook.data} onReload={() => void webhook.refetch()} />;
}

// Read once: what someone else changes meanwhile must not rewrite the form under one's hands; saving finds it out.
function useAsRead(id: string | undefined) {
  return useQuery({
    queryKey: ['webhookAsRead', id],
    enabled: id !== undefined,
    queryFn: async () => (await getWebhook({ path: { id: id! }, throwOnError: true })).data,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

function FormSkeleton({ title }: { readonly title: string }) {
  return (
    <Page title={title}>
      <Stack aria-hidden>
        <Skeleton height={240} radius="md" />
        <Skeleton height={320} radius="md" />
      </Stack>
    </Page>
  );
}
