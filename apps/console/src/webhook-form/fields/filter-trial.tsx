import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconFlask, IconHistory } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EventType, getEvent, listEvents, problemOf, testFilter } from '../../api';
import classes from './fields.module.css';
import { lastEventText } from './last-event-text';

interface FilterTrialProps {
  readonly filter: string;
  /** The channel of the webhook, for an event that names none. */
  readonly channelId: string;
  /** Whose samples are offered. */
  readonly types: readonly EventType[];
  /** What is wrong with the expression itself. */
  readonly onFault: (fault: string) => void;
}

/** Tries a filter: on a sample, as one may change it, or on the last event that there was. A verdict is of what was tried alone. */
export function FilterTrial({ filter, channelId, types, onFault }: FilterTrialProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [written, setWritten] = useState<string>();
  const type = types.find(({ name }) => name === chosen) ?? types[0];
  const text = written ?? JSON.stringify({ type: type?.name ?? '', data: type?.sample ?? {} }, null, 2);

  const test = useMutation({
    mutationFn: async (tried: { readonly filter: string; readonly text: string; readonly channelId: string }) => {
      const channel = tried.channelId === '' ? {} : { channelId: tried.channelId };
      const event = { ...channel, ...(JSON.parse(tried.text) as { type: string; data: unknown }) };
      return (await testFilter({ body: { filter: tried.filter, event }, throwOnError: true })).data;
    },
    onError: (error) => {
      const fault = problemOf(error).errors?.find(({ field }) => field === 'filter');
      if (fault) onFault(fault.position ? t('webhookForm.filter.at', { message: fault.message, ...fault.position }) : fault.message);
    },
  });
  const last = useMutation({
    mutationFn: async () => {
      const { data: page } = await listEvents({ query: { ...(type ? { type: type.name } : {}), limit: 1 }, throwOnError: true });
      const row = page.data[0];
      if (!row) return { words: t('webhookForm.filter.noLast') };
      const { data } = await getEvent({ path: { id: row.id }, query: { source: row.source }, throwOnError: true });
      const found = lastEventText(data);
      return found === undefined ? { words: t('webhookForm.filter.lastGone') } : { found };
    },
    onSuccess: ({ found }) => {
      if (found === undefined) return;
      setWritten(found);
      test.mutate({ filter, text: found, channelId });
    },
  });
  const tried = test.variables;
  const isOfThis = tried?.filter === filter && tried.text === text && tried.channelId === channelId;
  const words = last.error ? `${problemOf(last.error).title}. ${problemOf(last.error).detail}` : last.data?.words;

  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <Select
          label={t('webhookForm.filter.event')}
          value={type?.name ?? null}
          onChange={(name) => {
            setChosen(name);
            setWritten(undefined);
            last.reset();
          }}
          data={types.map(({ name }) => name)}
          allowDeselect={false}
          searchable
          miw="11rem"
          className={classes.grow}
        />
        <Button
          variant="default"
          leftSection={<IconHistory size={16} aria-hidden />}
          loading={last.isPending}
          onClick={() => last.mutate()}
        >
          {t('webhookForm.filter.last')}
        </Button>
      </Group>
      {words === undefined ? null : (
        <Text size="sm" c={last.error ? 'red' : 'dimmed'} role={last.error ? 'alert' : 'status'}>
          {words}
        </Text>
      )}
      <Textarea
        aria-label={t('webhookForm.filter.eventJson')}
        value={text}
        onChange={(event) => setWritten(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={12}
        spellCheck={false}
        classNames={{ input: classes.mono }}
      />
      <Group gap="sm">
        <Button
          variant="light"
          leftSection={<IconFlask size={16} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate({ filter, text, channelId })}
        >
          {t('webhookForm.filter.test')}
        </Button>
        <span role="status">{isOfThis ? <Verdict matches={test.data?.matches} error={test.error} /> : null}</span>
      </Group>
    </Stack>
  );
}

interface VerdictProps {
  readonly matches: boolean | undefined;
  readonly error: Error | null;
}

function Verdict({ matches, error }: VerdictProps) {
  const { t } = useTranslation();
  if (error) {
    const problem = error instanceof SyntaxError ? error.message : problemOf(error).detail;
    return <Text size="sm">{t('webhookForm.filter.faulty', { problem })}</Text>;
  }
  if (matches === undefined) return null;
  const Icon = matches ? IconCircleCheck : IconCircleX;
  return (
    <Group gap={6} c={matches ? 'teal' : 'orange'} wrap="nowrap">
      <Icon size={18} aria-hidden />
      <Text size="sm" inherit>
        {t(matches ? 'webhookForm.filter.matches' : 'webhookForm.filter.matchesNot')}
      </Text>
    </Group>
  );
}
