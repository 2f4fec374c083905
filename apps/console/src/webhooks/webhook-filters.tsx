import { useTranslation } from 'react-i18next';
import { ChoiceFilter, FilterBar, TextFilter } from '../filters';
import { useCatalog } from '../webhook-form';
import { HEALTHS, STATUSES, type WebhooksSearch } from './webhooks-search';

interface WebhookFiltersProps {
  readonly search: WebhooksSearch;
  /** Undefined takes a filter away. */
  readonly onChange: (change: { readonly [Name in keyof WebhooksSearch]: WebhooksSearch[Name] | undefined }) => void;
}

/** Text, status, health, event, module, channel. What they say stands in the address. */
export function WebhookFilters({ search, onChange }: WebhookFiltersProps) {
  const { t } = useTranslation();
  const { modules, types } = useCatalog();
  const { status, health, event, module, channelId } = search;
  const wide = (modules ?? []).map(({ name }) => `${name}:*`);
  return (
    <FilterBar
      main={<TextFilter main label={t('webhooks.filter.q')} value={search.q} onChange={(q) => onChange({ q })} />}
      values={[status, health, event, module, channelId]}
    >
      <ChoiceFilter
        label={t('webhooks.filter.status')}
        value={status}
        onChange={(chosen) => onChange({ status: chosen as WebhooksSearch['status'] })}
        choices={STATUSES.map((value) => ({ value, label: t(`webhooks.status.${value}`) }))}
      />
      <ChoiceFilter
        label={t('webhooks.filter.health')}
        value={health}
        onChange={(chosen) => onChange({ health: chosen as WebhooksSearch['health'] })}
        choices={HEALTHS.map((value) => ({ value, label: t(`webhooks.health.${value}`) }))}
      />
      <ChoiceFilter
        searchable
        label={t('webhooks.filter.event')}
        value={event}
        onChange={(chosen) => onChange({ event: chosen })}
        choices={[...(types ?? []).map(({ name }) => name), ...wide, '*'].map((value) => ({ value, label: value }))}
      />
      <ChoiceFilter
        searchable
        label={t('webhooks.filter.module')}
        value={module}
        onChange={(chosen) => onChange({ module: chosen })}
        choices={(modules ?? []).map(({ name, label }) => ({ value: name, label }))}
      />
      <TextFilter label={t('webhooks.filter.channelId')} value={channelId} onChange={(typed) => onChange({ channelId: typed })} />
    </FilterBar>
  );
}
