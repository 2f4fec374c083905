import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

interface TextFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** The one that `/` leads to. */
  readonly main?: boolean;
}

const TYPING_MS = 350;

/** A text; the server is asked when one stops typing, not at each letter. */
export function TextFilter({ label, value = '', onChange, main = false }: TextFilterProps) {
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback((typed: string) => onChange(typed.trim() || undefined), TYPING_MS);
  // The address changes without typing too: by Back, or by Clear filters.
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }}
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={300}
      {...(main ? { 'data-list-filter': true, type: 'search' } : {})}
    />
  );
}
