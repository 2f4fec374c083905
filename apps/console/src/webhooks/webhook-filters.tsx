import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalog } from '../webhook-form';
import { HEALTHS, STATUSES, type WebhooksSearch } from './webhooks-search';
import classes from './webhooks.module.css';

interface WebhookFiltersProps {
  readonly search: WebhooksSearch;
  /** Undefined takes a filter away. */
  readonly onChange: (change: { readonly [Name in keyof WebhooksSearch]: WebhooksSearch[Name] | undefined }) => void;
}

const TYPING_MS = 300;

/** Text, status, health, event, module, channel. What they say stands in the address. */
export function WebhookFilters({ search, onChange }: WebhookFiltersProps) {
  const { t } = useTranslation();
  const { modules, types } = useCatalog();
  const choice = (name: 'status' | 'health' | 'event' | 'module', data: readonly (string | { value: string; label: string })[]) => ({
    value: search[name] ?? null,
    onChange: (value: string | null) => onChange({ [name]: value ?? undefined }),
    data: [...data],
    placeholder: t(`webhooks.filter.${name}`),
    'aria-label': t(`webhooks.filter.${name}`),
    clearable: true,
    clearButtonProps: { 'aria-label': t('webhooks.filter.clearOne', { filter: t(`webhooks.filter.${name}`) }) },
  });
  const wide = (modules ?? []).map(({ name }) => `${name}:*`);
  return (
    <div className={classes.filters} role="search" aria-label={t('webhooks.filter.label')}>
      <TypedFilter name="q" value={search.q} onChange={(q) => onChange({ q })} icon />
      <Select
        {...choice(
          'status',
          STATUSES.map((value) => ({ value, label: t(`webhooks.status.${value}`) })),
        )}
      />
      <Select
        {...choice(
          'health',
          HEALTHS.map((value) => ({ value, label: t(`webhooks.health.${value}`) })),
        )}
      />
      <Select {...choice('event', [...(types ?? []).map(({ name }) => name), ...wide, '*'])} searchable />
      <Select
        {...choice(
          'module',
          (modules ?? []).map(({ name, label }) => ({ value: name, label })),
        )}
        searchable
      />
      <TypedFilter name="channelId" value={search.channelId} onChange={(channelId) => onChange({ channelId })} />
    </div>
  );
}

interface TypedFilterProps {
  readonly name: 'q' | 'channelId';
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly icon?: boolean;
}

/** Asks the server when one stops typing, not at each letter. */
function TypedFilter({ name, value = '', onChange, icon = false }: TypedFilterProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback((typed: string) => onChange(typed.trim() || undefined), TYPING_MS);
  // The address changes without typing too: by Back, or by Clear filters.
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      placeholder={t(`webhooks.filter.${name}`)}
      aria-label={t(`webhooks.filter.${name}`)}
      leftSection={icon ? <IconSearch size={16} aria-hidden /> : undefined}
      maxLength={200}
      {...(name === 'q' ? { 'data-list-filter': true, type: 'search' } : {})}
    />
  );
}
