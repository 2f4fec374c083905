import { Card, Group, Select, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { memo, useDeferredValue, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventType } from '../../api';
import { CopyIcon } from '../../shown';
import type { WebhookFormValues } from '../form-values';
import { asCurl } from './as-curl';
import { sampleEvent } from './preview-event';
import { previewedTypes } from './previewed-types';
import classes from './preview.module.css';
import { prettyBody } from './pretty-body';
import { requestPreview } from './request-preview';

interface PreviewPanelProps {
  readonly values: WebhookFormValues;
  readonly types: readonly EventType[];
  readonly accountId: string;
}

type Layout = 'pretty' | 'raw';

/** The request as the receiver would get it, alive while the form is filled in. Typing stays quick: it follows when there is time. */
export function PreviewPanel({ values, types, accountId }: PreviewPanelProps) {
  return <Preview shown={useDeferredValue(values)} types={types} accountId={accountId} />;
}

interface PreviewProps extends Omit<PreviewPanelProps, 'values'> {
  readonly shown: WebhookFormValues;
}

const Preview = memo(function Preview({ shown, types, accountId }: PreviewProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const [layout, setLayout] = useState<Layout>('pretty');
  const offered = useMemo(() => previewedTypes(types, shown.events, shown.module), [types, shown.events, shown.module]);
  const type = offered.find(({ name }) => name === chosen) ?? offered[0];
  const event = sampleEvent(type?.name ?? 'test.webhook', type?.sample ?? { message: 'Hello' }, {
    accountId,
    channelId: shown.channelId.trim() || null,
  });
  const request = requestPreview(shown, event);

  return (
    <Card component="section" withBorder radius="md" padding={0} aria-labelledby={titleId}>
      <Stack gap="sm" p="md">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4" id={titleId}>
            {t('webhookForm.preview.title')}
          </Title>
          <CopyIcon text={asCurl(request)} label={t('webhookForm.preview.copyCurl')} />
        </Group>
        <Group gap="xs" wrap="wrap">
          <Select
            className={classes.grow}
            size="xs"
            value={type?.name ?? null}
            onChange={setChosen}
            data={offered.map(({ name }) => name)}
            aria-label={t('webhookForm.preview.event')}
            allowDeselect={false}
            searchable
          />
          <SegmentedControl
            size="xs"
            value={layout}
            onChange={(value) => setLayout(value)}
            data={[
              { value: 'pretty', label: t('webhookForm.preview.pretty') },
              { value: 'raw', label: t('webhookForm.preview.raw') },
            ]}
          />
        </Group>
      </Stack>
      <div className={classes.request} data-value tabIndex={0} role="region" aria-label={t('webhookForm.preview.request')}>
        <p className={classes.requestLine}>
          <strong className={classes.method}>{request.method}</strong> {request.url}
        </p>
        <dl className={classes.headers}>
          {request.headers.map(({ name, value, origin }, index) => (
            <div key={`${name}-${index}`} data-origin={origin}>
              <dt>{name}:</dt>
              <dd>
                {value}
                {origin === 'auth' || origin === 'custom' ? (
                  <span className={classes.origin}>{t(`webhookForm.preview.origin.${origin}`)}</span>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
        {request.body === null ? (
          <Text size="xs" c="dimmed" mt="sm">
            {t('webhookForm.preview.noBody')}
          </Text>
        ) : (
          <pre className={classes.body}>{layout === 'pretty' ? prettyBody(request.body, request.contentType ?? '') : request.body}</pre>
        )}
      </div>
      <Text size="xs" c="dimmed" p="md" pt="xs">
        {t(shown.signing ? 'webhookForm.preview.noteSigned' : 'webhookForm.preview.note')}
      </Text>
    </Card>
  );
});
