import { Autocomplete, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ChoiceFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly searchable?: boolean;
}

/** One of a closed list, or none of it. */
export function ChoiceFilter({ label, value, onChange, choices, searchable = false }: ChoiceFilterProps) {
  const { t } = useTranslation();
  return (
    <Select
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      data={[...choices]}
      placeholder={label}
      aria-label={label}
      clearable
      searchable={searchable}
      clearButtonProps={{ 'aria-label': t('filters.clear', { filter: label }) }}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

const TYPING_MS = 350;

/** A text of one's own, with proposals. */
export function ProposedFilter({
  label,
  value = '',
  onChange,
  choices,
}: Omit<ChoiceFilterProps, 'choices' | 'searchable'> & { readonly choices: readonly string[] }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback((typed: string) => onChange(typed.trim() || undefined), TYPING_MS);
  // The address changes without typing too: by Back, or by Clear filters.
  useEffect(() => setText(value), [value]);
  return (
    <Autocomplete
      value={text}
      onChange={(typed) => {
        setText(typed);
        tell(typed);
      }}
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
