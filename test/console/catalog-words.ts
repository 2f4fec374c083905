import type { ConsoleTest } from './console-test.js';

interface Words {
  readonly data: readonly { readonly name: string; readonly label: string; readonly description?: string }[];
}

/** What of a page is the catalog's own, and so in no language of the console's. */
export async function catalogWords(test: ConsoleTest): Promise<readonly string[]> {
  const [modules, types] = await Promise.all([
    test.api<Words>('GET', '/v1/modules?limit=100'),
    test.api<Words>('GET', '/v1/event-types?limit=100'),
  ]);
  return [
    ...modules.data.flatMap(({ name, label }) => [label, `${name}:*`]),
    ...types.data.flatMap(({ name, label, description = '' }) => [name, label, description]),
  ];
}
