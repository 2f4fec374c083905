import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventType, Webhook } from '../api';
import { CopyIcon } from '../shown';
import { AuthSection } from './fields/auth-section';
import { BasicsSection } from './fields/basics-section';
import { DeliverySection } from './fields/delivery-section';
import { EventsSection } from './fields/events-section';
import { FilterSection } from './fields/filter-section';
import { MetadataSection } from './fields/metadata-section';
import { RequestSection } from './fields/request-section';
import { SigningSection } from './fields/signing-section';
import { focusFirstFault } from './focus-first-fault';
import classes from './form-layout.module.css';
import type { AuthType, WebhookFormValues } from './form-values';
import { PreviewPanel } from './preview/preview-panel';
import type { Catalog } from './use-catalog';
import type { SaveProblem } from './use-server-faults';
import type { WebhookForm } from './use-webhook-form';

const NO_TYPES: readonly EventType[] = [];

interface WebhookFormViewProps {
  readonly form: WebhookForm;
  readonly catalog: Catalog;
  /** The webhook as it is stored; undefined while it is new. */
  readonly webhook: Webhook | undefined;
  readonly accountId: string;
  /** What the server refused for no field's sake. */
  readonly problem: SaveProblem | undefined;
  /** How often the server has refused. */
  readonly refusals: number;
  readonly actions: ReactNode;
  readonly onSubmit: (values: WebhookFormValues) => void;
}

/** The form beside the request that it would lead to. */
export function WebhookFormView({ form, catalog, webhook, accountId, problem, refusals, actions, onSubmit }: WebhookFormViewProps) {
  const { t } = useTranslation();
  const types = catalog.types ?? NO_TYPES;
  const element = useRef<HTMLFormElement>(null);
  // What the server refused is shown where the reader is taken to.
  useEffect(() => {
    if (refusals > 0) focusFirstFault(element.current);
  }, [refusals]);
  const [previewing, setPreviewing] = useState(false);
  const stored = webhook && webhook.auth.type !== 'NONE' ? (webhook.auth.type as AuthType) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { hasErrors } = form.validate();
    if (hasErrors) focusFirstFault(element.current);
    else onSubmit(form.getValues());
  };

  return (
    <form ref={element} onSubmit={submit} noValidate className={classes.layout}>
      <Stack gap="lg" className={classes.fields}>
        {problem ? (
          <FormProblem title={problem.title} traceId={problem.traceId}>
            {problem.lines.join('; ')}
          </FormProblem>
        ) : null}
        <BasicsSection form={form} autoFocus={webhook === undefined} />
        <EventsSection form={form} catalog={catalog} />
        <AuthSection form={form} stored={stored} />
        <SigningSection form={form} secretLast4={webhook?.signing ? (webhook.secretLast4 ?? '') : undefined} webhookId={webhook?.id} />
        <RequestSection form={form} />
        <DeliverySection form={form} />
        <FilterSection form={form} types={types} />
        <MetadataSection form={form} />
      </Stack>
      <div className={classes.preview} data-open={previewing}>
        <PreviewPanel values={form.values} types={types} accountId={accountId} />
      </div>
      <div className={classes.bar}>
        <Switch
          {...form.getInputProps('enabled', { type: 'checkbox' })}
          label={t(form.values.enabled ? 'webhookForm.status.enabled' : 'webhookForm.status.disabled')}
        />
        <Button
          variant="subtle"
          color="gray"
          className={classes.previewToggle}
          leftSection={<IconEye size={16} aria-hidden />}
          aria-pressed={previewing}
          onClick={() => setPreviewing(!previewing)}
        >
          {t('webhookForm.preview.toggle')}
        </Button>
        <Group gap="xs" className={classes.actions}>
          {actions}
        </Group>
      </div>
    </form>
  );
}

interface FormProblemProps {
  readonly title: string;
  readonly traceId?: string | undefined;
  readonly children: ReactNode;
}

export function FormProblem({ title, traceId, children }: FormProblemProps) {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />} title={title}>
      {children}
      {traceId ? (
        <Group gap={4} mt={4}>
          <Text size="xs">{t('webhookForm.trace', { traceId })}</Text>
          <CopyIcon text={traceId} label={t('list.copyTraceId')} />
        </Group>
      ) : null}
    </Alert>
  );
}
