import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconFlask, IconHistory } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EventType, getEvent, listEvents, problemOf, testFilter } from '../../api';
import { previewedTypes } from '../preview/previewed-types';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';
import classes from './fields.module.css';

const FIELDS = ['filter', 'events', 'channelId'] as const;

interface FilterSectionProps {
  readonly form: FormOf<typeof FIELDS>;
  readonly types: readonly EventType[];
}

/** Which of the chosen events are sent, by what is in them; to be tried on a sample or on the last real event. */
export const FilterSection = ofFields(FIELDS, function FilterSection({ form, types }: FilterSectionProps) {
  const { t } = useTranslation();
  const { filter, events, channelId } = form.values;
  const offered = previewedTypes(types, events);
  const [chosen, setChosen] = useState<string | null>(null);
  const [written, setWritten] = useState<string>();
  const type = offered.find(({ name }) => name === chosen) ?? offered[0];
  const text = written ?? JSON.stringify({ type: type?.name ?? '', data: type?.sample ?? {} }, null, 2);

  const last = useMutation({
    mutationFn: async () => {
      const { data: page } = await listEvents({ query: { ...(type ? { type: type.name } : {}), limit: 1 }, throwOnError: true });
      const row = page.data[0];
      if (!row) return undefined;
      const { data } = await getEvent({ path: { id: row.id }, query: { source: row.source }, throwOnError: true });
      return data;
    },
    onSuccess: (event) => {
      if (!event?.data) return;
      const { context } = event;
      const shown = {
        type: event.type,
        channelId: event.channelId ?? undefined,
        time: event.time,
        context: context ? (JSON.parse(context) as unknown) : undefined,
      };
      setWritten(JSON.stringify({ ...shown, data: JSON.parse(event.data) as unknown }, null, 2));
    },
  });
  const test = useMutation({
    mutationFn: async () => {
      const event = {
        ...(channelId.trim() ? { channelId: channelId.trim() } : {}),
        ...(JSON.parse(text) as { type: string; data: unknown }),
      };
      const { data } = await testFilter({ body: { filter, event }, throwOnError: true });
      return data;
    },
    onError: (error) => {
      const fault = problemOf(error).errors?.find(({ field }) => field === 'filter');
      if (fault) form.setFieldError('filter', at(fault.message, fault.position));
    },
  });
  const at = (message: string, position?: { line: number; column: number }) =>
    position ? t('webhookForm.filter.at', { message, ...position }) : message;

  return (
    <FormSection title={t('webhookForm.filter.title')} hint={t('webhookForm.filter.hint')}>
      <Textarea
        {...form.getInputProps('filter')}
        label={t('webhookForm.filter.label')}
        placeholder='data.total > 100 && data.status == "paid"'
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4096}
        spellCheck={false}
        classNames={{ input: classes.mono }}
      />
      {filter.trim() === '' ? null : (
        <Stack gap="xs">
          <Group align="flex-end" gap="xs">
            <Select
              label={t('webhookForm.filter.event')}
              value={type?.name ?? null}
              onChange={(name) => {
                setChosen(name);
                setWritten(undefined);
                test.reset();
              }}
              data={offered.map(({ name }) => name)}
              allowDeselect={false}
              searchable
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
          {last.isSuccess && !last.data ? (
            <Text size="sm" c="dimmed" role="status">
              {t('webhookForm.filter.noLast')}
            </Text>
          ) : null}
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
              onClick={() => test.mutate()}
            >
              {t('webhookForm.filter.test')}
            </Button>
            <span role="status">
              <Verdict
                matches={test.data?.matches}
                problem={test.error ? (test.error instanceof SyntaxError ? test.error.message : problemOf(test.error).detail) : undefined}
              />
            </span>
          </Group>
        </Stack>
      )}
    </FormSection>
  );
});

function Verdict({ matches, problem }: { readonly matches: boolean | undefined; readonly problem: string | undefined }) {
  const { t } = useTranslation();
  if (problem !== undefined) return <Text size="sm">{t('webhookForm.filter.faulty', { problem })}</Text>;
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
