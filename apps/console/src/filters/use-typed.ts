import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

const TYPING_MS = 350;

/**
 * The text of a filter that one types: told when one stops, not at each letter. The address takes a while to say the same, and says
 * it without the blank at the end; neither takes away what was typed since.
 * @param read what is told of a text, undefined for nothing
 */
export function useTyped(
  value: string,
  read: (text: string) => string | undefined,
  onChange: (value: string | undefined) => void,
): [text: string, type: (text: string) => void] {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const tell = useDebouncedCallback((typed: string) => {
    told.current = read(typed) ?? '';
    onChange(read(typed));
  }, TYPING_MS);
  // The address changes without typing too: by Back, or by Clear filters.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    tell.cancel();
    setText(value);
  }, [value]);
  const type = (typed: string) => {
    setText(typed);
    tell(typed);
  };
  return [text, type];
}
