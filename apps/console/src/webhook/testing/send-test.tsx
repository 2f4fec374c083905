import { Alert, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, type Webhook } from '../../api';
import { previewedTypes, useCatalog } from '../../webhook-form';
import { TestResult } from './test-result';
import classes from './testing.module.css';
import { useTestSend } from './use-test-send';

const TEST_EVENT = 'test.webhook';

/** One test: its event, its data as one may change it, and how it went. */
export function SendTest({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const { types } = useCatalog();
  const [eventType, setEventType] = useState(TEST_EVENT);
  const [written, setWritten] = useState<string>();
  const [openedAt] = useState(() => new Date().toISOString());
  const test = useTestSend(webhook.id);

  const sample = types?.find(({ name }) => name === eventType)?.sample ?? {};
  const shown = eventType === TEST_EVENT ? { ...sample, webhookId: webhook.id, webhookName: webhook.name, requestedAt: openedAt } : sample;
  const text = written ?? JSON.stringify(shown, null, 2);
  const parsed = parse(text);
  const own = previewedTypes(types ?? [], webhook.events).map(({ name }) => name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!parsed.ok || test.send.isPending) return;
    test.send.mutate({ eventType, ...(written === undefined ? {} : { data: parsed.value }) });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('webhook.test.hint')}
        </Text>
        <Select
          label={t('webhook.test.event')}
          value={eventType}
          onChange={(value) => {
            setEventType(value ?? TEST_EVENT);
            setWritten(undefined);
          }}
          data={[TEST_EVENT, ...own.filter((name) => name !== TEST_EVENT)]}
          allowDeselect={false}
          searchable
        />
        <Textarea
          label={t('webhook.test.data')}
          value={text}
          onChange={(event) => setWritten(event.currentTarget.value)}
          error={parsed.ok ? undefined : t('webhook.test.notJson', { reason: parsed.reason })}
          classNames={{ input: classes.mono }}
          autosize
          minRows={5}
          maxRows={18}
          spellCheck={false}
        />
        <Group>
          <Button type="submit" loading={test.send.isPending} disabled={!parsed.ok} leftSection={<IconSend size={16} aria-hidden />}>
            {t('webhook.test.send')}
          </Button>
          {written !== undefined ? (
            <Button variant="subtle" color="gray" onClick={() => setWritten(undefined)}>
              {t('webhook.test.reset')}
            </Button>
          ) : null}
        </Group>
        {test.failure ? (
          <Alert color="red" role="alert" title={problemOf(test.failure).title}>
            {problemOf(test.failure).detail}
          </Alert>
        ) : null}
        <div aria-live="polite">{test.sent ? <TestResult webhook={webhook} test={test} /> : null}</div>
      </Stack>
    </form>
  );
}

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}
