import { Code } from '@mantine/core';

/** A description of the catalog: what stands in backticks is a name. */
export function MarkedText({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : part));
}
