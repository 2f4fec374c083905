import { AppError } from '#libs/kernel';
import './payload-formats.errors.js';

/** A JSON value as it was written: numbers keep their digits, members their order and their repetitions. */
export type JsonNode =
  | { readonly kind: 'object'; readonly source: string; readonly members: readonly (readonly [name: string, value: JsonNode])[] }
  | { readonly kind: 'array'; readonly source: string; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly source: string; readonly value: string }
  | { readonly kind: 'number' | 'boolean' | 'null'; readonly source: string };

// Domain events nest at most 100 deep (contract §3); past that the recursion below would meet the end of the stack.
const MAX_DEPTH = 128;

/**
 * Reads JSON without loss. `JSON.parse` would round 12345678901234567890, print 1.10 as 1.1, move the member "7" to the front and
 * drop repeated members.
 * @throws AppError `PAYLOAD_NOT_JSON`
 */
export function readJson(bytes: Buffer): JsonNode {
  const text = bytes.toString('utf8');
  try {
    JSON.parse(text); // the grammar is checked here, natively; the reader below only has to find its way
  } catch {
    // Without cause: the parser's message quotes the data.
    throw new AppError('PAYLOAD_NOT_JSON', 'the data is not valid JSON');
  }
  return new Reader(text).value(0);
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw new AppError('PAYLOAD_NOT_JSON', `the data nests more than ${MAX_DEPTH} deep`);
    this.skipSpace();
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"': {
        const source = this.string();
        return { kind: 'string', source, value: JSON.parse(source) as string };
      }
      default:
        return this.scalar();
    }
  }

  private object(depth: number): JsonNode {
    const start = this.at;
    const members: [string, JsonNode][] = [];
    while (this.next('}')) {
      const name = JSON.parse(this.string()) as string;
      this.skipSpace();
      this.at++; // the colon
      members.push([name, this.value(depth + 1)]);
    }
    return { kind: 'object', source: this.text.slice(start, this.at), members };
  }

  private array(depth: number): JsonNode {
    const start = this.at;
    const items: JsonNode[] = [];
    while (this.next(']')) items.push(this.value(depth + 1));
    return { kind: 'array', source: this.text.slice(start, this.at), items };
  }

  /** Steps over the opening bracket or the comma; false after stepping over the closing bracket. */
  private next(close: string): boolean {
    this.skipSpace();
    const opened = this.text[this.at] !== close;
    this.at++;
    if (!opened) return false;
    this.skipSpace();
    if (this.text[this.at] !== close) return true;
    this.at++;
    return false;
  }

  private string(): string {
    const start = this.at;
    do {
      this.at = this.text.indexOf('"', this.at + 1);
    } while (this.isEscaped(this.at));
    return this.text.slice(start, ++this.at);
  }

  private isEscaped(at: number): boolean {
    let backslashes = 0;
    while (this.text[at - 1 - backslashes] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }

  private scalar(): JsonNode {
    const start = this.at;
    while (this.at < this.text.length && !',]} \t\n\r'.includes(this.text[this.at]!)) this.at++;
    const source = this.text.slice(start, this.at);
    return { kind: source === 'null' ? 'null' : source === 'true' || source === 'false' ? 'boolean' : 'number', source };
  }

  private skipSpace(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? '-')) this.at++;
  }
}
