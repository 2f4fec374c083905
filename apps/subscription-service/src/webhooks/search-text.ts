/** What `q` is looked for in, and `q` itself, in one spelling: case does not count, nor how an accent is encoded. */
export function searchText(...texts: readonly string[]): string {
  return texts.join('\n').normalize('NFC').toLowerCase();
}
