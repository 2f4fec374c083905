import { Code } from '@mantine/core';

/** A description of the catalog, in the catalog's language: what stands in backticks is a name. */
export function MarkedText({ text }: { readonly text: string }) {
  return <span data-value>{text.split('`').map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : part))}</span>;
}
