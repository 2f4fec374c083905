import { Button, CloseButton, Group, Pill, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemState } from '../../list';
import { lostEvents } from '../event-tree';
import type { Catalog } from '../use-catalog';
import { EventTreePicker } from './event-tree-picker';
import { FormSection } from './form-section';
import { type FormOf, ofFields } from './of-fields';

const FIELDS = ['events', 'module'] as const;

interface EventsSectionProps {
  readonly form: FormOf<typeof FIELDS>;
  readonly catalog: Catalog;
}

/** Which events the webhook gets. The module above the tree only narrows what is shown. */
export const EventsSection = ofFields(FIELDS, function EventsSection({ form, catalog: { tree, error, retry } }: EventsSectionProps) {
  const { t } = useTranslation();
  const { events, module } = form.values;
  const change = (chosen: string[]) => form.setFieldValue('events', chosen);
  const lost = tree ? lostEvents(tree, events) : [];

  return (
    <FormSection title={t('webhookForm.events.title')} hint={t('webhookForm.events.hint')} required>
      <Select
        {...form.getInputProps('module')}
        label={t('webhookForm.module.label')}
        description={t('webhookForm.module.hint')}
        data={[{ value: '', label: t('webhookForm.module.all') }, ...(tree ?? []).map(({ name, label }) => ({ value: name, label }))]}
        allowDeselect={false}
        searchable
      />
      {tree ? (
        <EventTreePicker tree={tree} events={events} module={module} invalid={form.errors.events !== undefined} onChange={change} />
      ) : error ? (
        <ProblemState error={error} onRetry={retry} headingOrder={3} />
      ) : (
        <Stack gap="xs" aria-hidden>
          <Skeleton height={36} />
          <Skeleton height={160} />
        </Stack>
      )}
      {form.errors.events ? (
        <Text size="sm" c="red" role="alert">
          {form.errors.events}
        </Text>
      ) : null}
      {lost.length > 0 ? (
        <Text size="sm" c="orange">
          {t('webhookForm.events.lost')}
        </Text>
      ) : null}
      {events.length > 0 ? (
        <Group gap={6}>
          {events.map((event) => (
            <Pill key={event} size="md">
              <Group gap={4} wrap="nowrap">
                <span>{event === '*' ? t('webhookForm.events.all') : event}</span>
                <CloseButton
                  size="xs"
                  variant="transparent"
                  aria-label={t('webhookForm.events.remove', { event })}
                  onClick={() => change(events.filter((each) => each !== event))}
                />
              </Group>
            </Pill>
          ))}
          {events.length > 1 ? (
            <Button variant="subtle" size="compact-xs" color="gray" onClick={() => change([])}>
              {t('webhookForm.events.clear')}
            </Button>
          ) : null}
        </Group>
      ) : null}
    </FormSection>
  );
});
