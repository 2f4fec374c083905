import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { searchText } from './search-text';
import { useTyped } from './use-typed';

interface TextFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** The one that `/` leads to. */
  readonly main?: boolean;
}

/** A text of one’s own. */
export function TextFilter({ label, value = '', onChange, main = false }: TextFilterProps) {
  const [text, type] = useTyped(value, searchText, onChange);
  return (
    <TextInput
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={300}
      {...(main ? { 'data-list-filter': true, type: 'search' } : {})}
    />
  );
}
