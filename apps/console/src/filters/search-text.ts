const LONGEST = 300;

/** A text of an address that anyone may have typed; undefined for none. */
export function searchText(value: unknown, longest = LONGEST): string | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  return text === '' ? undefined : text.slice(0, longest);
}

/** One of a closed list of words; undefined for anything else. */
export function searchChoice<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

/** Without what is undefined: the address names only what is set. */
export function defined<Search extends object>(search: Search): { [Name in keyof Search]?: Exclude<Search[Name], undefined> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as never;
}
