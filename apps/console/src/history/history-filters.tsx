import { useTranslation } from 'react-i18next';
import { ChoiceFilter, FilterBar, ProposedFilter, TextFilter, TimeFilter } from '../filters';
import { useErrorWords } from '../delivery';
import { useCatalog } from '../webhook-form';
import { codeOf, ERROR_CHOICES, type HistorySearch, idFilter, STATUSES, TRIGGER_CHOICES } from './history-search';

interface HistoryFiltersBarProps {
  readonly search: HistorySearch;
  /** Undefined takes a filter away. */
  readonly onChange: (change: { readonly [Name in keyof HistorySearch]?: HistorySearch[Name] | undefined }) => void;
}

const CODES = ['2xx', '3xx', '4xx', '5xx', 'none', '200', '401', '404', '410', '429', '500', '502', '503'];

/** Status, event, code, error, time, trigger, id. What they say stands in the address. */
export function HistoryFiltersBar({ search, onChange }: HistoryFiltersBarProps) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const { types } = useCatalog();
  return (
    <FilterBar
      main={
        <TextFilter
          main
          label={t('history.filter.id')}
          value={search.deliveryId ?? search.eventId}
          onChange={(id) => onChange({ deliveryId: undefined, eventId: undefined, ...idFilter(id) })}
        />
      }
      values={[search.status, search.event, search.code, search.errorClass, search.trigger, search.range ?? search.from ?? search.to]}
    >
      <ChoiceFilter
        label={t('history.filter.status')}
        value={search.status}
        onChange={(status) => onChange({ status: status as HistorySearch['status'] })}
        choices={STATUSES.map((value) => ({ value, label: t(`shown.status.${value}`) }))}
      />
      <ChoiceFilter
        searchable
        label={t('history.filter.event')}
        value={search.event}
        onChange={(event) => onChange({ event })}
        choices={(types ?? []).filter(({ combines }) => combines.length === 0).map(({ name }) => ({ value: name, label: name }))}
      />
      <ProposedFilter
        label={t('history.filter.code')}
        value={search.code}
        read={codeOf}
        onChange={(code) => onChange({ code })}
        choices={CODES}
      />
      <ChoiceFilter
        label={t('history.filter.errorClass')}
        value={search.errorClass}
        onChange={(errorClass) => onChange({ errorClass: errorClass as HistorySearch['errorClass'] })}
        choices={ERROR_CHOICES.map((value) => ({
          value,
          label: value === 'connection' ? t('history.filter.connection') : errorWords(value),
        }))}
      />
      <ChoiceFilter
        label={t('history.filter.trigger')}
        value={search.trigger}
        onChange={(trigger) => onChange({ trigger: trigger as HistorySearch['trigger'] })}
        choices={TRIGGER_CHOICES.map((value) => ({
          value,
          label: value === 'not-test' ? t('history.filter.notTest') : t(`delivery.trigger.${value}`),
        }))}
      />
      <TimeFilter value={search} onChange={onChange} />
    </FilterBar>
  );
}
