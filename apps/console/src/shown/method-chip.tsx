import { Badge } from '@mantine/core';

const COLORS: Readonly<Record<string, string>> = { POST: 'green', PUT: 'yellow', GET: 'blue', DELETE: 'red', PATCH: 'violet' };

export function MethodChip({ method }: { readonly method: string }) {
  return (
    <Badge color={COLORS[method] ?? 'gray'} size="sm" ff="monospace" style={{ flexShrink: 0 }}>
      {method}
    </Badge>
  );
}
