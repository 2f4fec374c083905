/** What stands for a value that was taken out. */
export const REDACTED = '[redacted]';

/** A JSON text without some of its values; every other character is as it was. */
export interface RedactedJson {
  readonly text: string;
  /** What was taken out, as it may be repeated: as JSON without quotes and, of a string, its characters too where they differ. */
  readonly values: readonly string[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Takes out what the pointers (RFC 6901) name; a segment `*` stands for every member or item. What a pointer does not find is
 * no fault, and of members that occur more than once each is taken out.
 * @returns undefined when the text is no JSON
 */
export function redactJson(text: string, pointers: readonly (readonly string[])[]): RedactedJson | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const found: Span[] = [];
  for (const path of pointers) find(text, skipSpace(text, 0), path, found);
  // Outermost first: what lies inside of another one goes with it.
  const spans = found.sort((a, b) => a.start - b.start || b.end - a.end).filter(outermost());
  let redacted = '';
  let copied = 0;
  for (const { start, end } of spans) {
    redacted += `${text.slice(copied, start)}${JSON.stringify(REDACTED)}`;
    copied = end;
  }
  return { text: redacted + text.slice(copied), values: spans.flatMap(({ start, end }) => spellings(text.slice(start, end))) };
}

/** The segments of a pointer. */
export function pointerPath(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function outermost(): (span: Span) => boolean {
  let covered = -1;
  return ({ start, end }) => {
    if (start < covered) return false;
    covered = end;
    return true;
  };
}

function spellings(json: string): string[] {
  if (!json.startsWith('"')) return [json];
  return [...new Set([JSON.parse(json) as string, json.slice(1, -1)])];
}

/** Looks from a value on for what the path names. The text is valid JSON. */
function find(text: string, start: number, path: readonly string[], found: Span[]): void {
  const [segment, ...rest] = path;
  if (segment === undefined) {
    found.push({ start, end: skipValue(text, start) });
    return;
  }
  for (const { name, at } of childrenOf(text, start)) if (segment === '*' || segment === name) find(text, at, rest, found);
}

/** The members of an object, the items of an array, nothing of another value. */
function* childrenOf(text: string, start: number): Generator<{ name: string; at: number }> {
  const isObject = text[start] === '{';
  if (!isObject && text[start] !== '[') return;
  let at = skipSpace(text, start + 1);
  for (let index = 0; text[at] !== '}' && text[at] !== ']'; index++) {
    let name = String(index);
    if (isObject) {
      const end = skipValue(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      // Behind the colon.
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    yield { name, at };
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}

const STRUCTURE = /["{}[\]]/g;
const SCALAR_END = /[\s,}\]]|$/g;

/** The index behind a value. */
function skipValue(text: string, start: number): number {
  if (text[start] === '"') return skipString(text, start);
  if (text[start] !== '{' && text[start] !== '[') {
    SCALAR_END.lastIndex = start;
    return SCALAR_END.exec(text)!.index;
  }
  let depth = 0;
  STRUCTURE.lastIndex = start;
  for (;;) {
    const at = STRUCTURE.exec(text)!.index;
    if (text[at] === '"') STRUCTURE.lastIndex = skipString(text, at);
    else if (text[at] === '{' || text[at] === '[') depth++;
    else if (--depth === 0) return at + 1;
  }
}

function skipString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
