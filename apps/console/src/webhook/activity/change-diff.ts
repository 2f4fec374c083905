/** One field of a change as the API tells it: before and after, `null` where there was nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Members whose masked values are others now. */
  readonly replaced?: readonly string[];
}

/** One line of a diff. `name` is of a member, such as a header; a list or a plain value has none. */
export interface DiffLine {
  readonly sign: '+' | '-';
  readonly name?: string;
  readonly text: string;
}

export interface FieldDiff {
  readonly field: string;
  readonly lines: readonly DiffLine[];
}

/** What the API puts in place of secrets, credentials and values of headers. */
export const MASKED = '[set]';

/** Only what differs: of lists the entries, of maps the members, of all else the value before and the one after. */
export function diffOf({ field, before = null, after = null, replaced = [] }: FieldChange): FieldDiff {
  if (isList(before) || isList(after)) return { field, lines: listLines(isList(before) ? before : [], isList(after) ? after : []) };
  if (isMap(before) || isMap(after)) return { field, lines: mapLines(isMap(before) ? before : {}, isMap(after) ? after : {}, replaced) };
  // One secret in place of another: neither is told.
  if (before === MASKED && after === MASKED) return { field, lines: line('+', after) };
  return { field, lines: [...line('-', before), ...line('+', after)] };
}

/** The fields of a new webhook that say something; what was left at nothing is not worth a line. */
export function tellingChanges(changes: readonly FieldChange[]): FieldDiff[] {
  return changes.map(diffOf).filter(({ lines }) => lines.length > 0);
}

function listLines(before: readonly unknown[], after: readonly unknown[]): DiffLine[] {
  const [old, now] = [before.map(textOf), after.map(textOf)];
  const gone = old.filter((entry) => !now.includes(entry)).map((text): DiffLine => ({ sign: '-', text }));
  const added = now.filter((entry) => !old.includes(entry)).map((text): DiffLine => ({ sign: '+', text }));
  // The same entries in another order are a change that no single line shows.
  if (gone.length + added.length > 0 || old.join() === now.join()) return [...gone, ...added];
  return [
    { sign: '-', text: old.join(', ') },
    { sign: '+', text: now.join(', ') },
  ];
}

type Members = Readonly<Record<string, unknown>>;

function mapLines(before: Members, after: Members, replaced: readonly string[]): DiffLine[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): DiffLine[] => {
    // Masked values look the same before and after.
    if (replaced.includes(name)) return [{ sign: '+', name, text: MASKED }];
    if (textOf(before[name]) === textOf(after[name])) return [];
    return [...line('-', before[name] ?? null, name), ...line('+', after[name] ?? null, name)];
  });
}

function line(sign: '+' | '-', value: unknown, name?: string): DiffLine[] {
  if (value === null || value === undefined) return [];
  return [{ sign, text: textOf(value), ...(name === undefined ? {} : { name }) }];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
