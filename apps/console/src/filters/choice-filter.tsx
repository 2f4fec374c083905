import { Autocomplete, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTyped } from './use-typed';

interface ChoiceFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly searchable?: boolean;
}

/** One of a closed list, or none of it. One that the list does not know, or no more, is shown too: it narrows all the same. */
export function ChoiceFilter({ label, value, onChange, choices, searchable = false }: ChoiceFilterProps) {
  const { t } = useTranslation();
  const known = value === undefined || choices.some((choice) => choice.value === value);
  return (
    <Select
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      data={known ? [...choices] : [...choices, { value, label: value }]}
      placeholder={label}
      aria-label={label}
      clearable
      searchable={searchable}
      clearButtonProps={{ 'aria-label': t('filters.clear', { filter: label }) }}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

interface ProposedFilterProps extends Omit<ChoiceFilterProps, 'choices' | 'searchable'> {
  readonly choices: readonly string[];
  /** What a text narrows by; undefined while it is half-typed. */
  readonly read: (text: string) => string | undefined;
}

/** A text of one's own, with proposals. */
export function ProposedFilter({ label, value = '', onChange, choices, read }: ProposedFilterProps) {
  const { t } = useTranslation();
  const [text, type] = useTyped(value, read, onChange);
  return (
    <Autocomplete
      value={text}
      onChange={type}
      data={[...choices]}
      placeholder={label}
      aria-label={label}
      clearable
      clearButtonProps={{ 'aria-label': t('filters.clear', { filter: label }) }}
      maxLength={200}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
