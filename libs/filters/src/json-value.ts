/** JSON as CEL sees it: whole numbers are `bigint`, other numbers `number`, objects `Map`. */
export type JsonValue = null | boolean | string | number | bigint | JsonValue[] | Map<string, JsonValue>;

const MAX_DEPTH = 100; // that of an event
// Turning digits into a number takes time quadratic to their count. Past this a number is one with a fraction.
const MAX_INTEGER_LENGTH = 40;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

/**
 * Parses JSON without losing digits of whole numbers, which `JSON.parse` does, and without objects: a member may be named
 * `constructor` or `__proto__`. Of a repeated member the last one counts.
 * @throws SyntaxError
 */
export function parseJson(text: string): JsonValue {
  return new Parser(text).whole();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  whole(): JsonValue {
    const value = this.value();
    if (this.next() !== '') throw this.fault();
    return value;
  }

  private value(): JsonValue {
    switch (this.next()) {
      case '{':
        return this.nested(() => this.object());
      case '[':
        return this.nested(() => this.array());
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.fault();
    this.at++;
    const value = read();
    this.at++;
    this.depth--;
    return value;
  }

  private object(): Map<string, JsonValue> {
    const members = new Map<string, JsonValue>();
    if (this.next() === '}') return members;
    for (;;) {
      if (this.next() !== '"') throw this.fault();
      const name = this.string();
      if (this.next() !== ':') throw this.fault();
      this.at++;
      members.set(name, this.value());
      const after = this.next();
      if (after === '}') return members;
      if (after !== ',') throw this.fault();
      this.at++;
    }
  }

  private array(): JsonValue[] {
    const items: JsonValue[] = [];
    if (this.next() === ']') return items;
    for (;;) {
      items.push(this.value());
      const after = this.next();
      if (after === ']') return items;
      if (after !== ',') throw this.fault();
      this.at++;
    }
  }

  private string(): string {
    const start = this.at;
    let end = this.text.indexOf('"', start + 1);
    while (end !== -1 && isEscaped(this.text, end, start)) end = this.text.indexOf('"', end + 1);
    if (end === -1) throw this.fault();
    this.at = end + 1;
    const inner = this.text.slice(start + 1, end);
    // The plain ones, nearly all, need no second look; control characters are the one fault they can have.
    return inner.includes('\\') || CONTROL.test(inner) ? (JSON.parse(this.text.slice(start, end + 1)) as string) : inner;
  }

  private number(): bigint | number {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (!match) throw this.fault();
    const [digits, fraction, exponent] = match;
    this.at += digits.length;
    return fraction !== undefined || exponent !== undefined || digits.length > MAX_INTEGER_LENGTH ? Number(digits) : BigInt(digits);
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.fault();
    this.at += word.length;
    return value;
  }

  /** The next character that is not white space, which stays; an empty text at the end. */
  private next(): string {
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at]!;
      if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return character;
    }
    return '';
  }

  private fault(): SyntaxError {
    return new SyntaxError(`not JSON at character ${this.at}`);
  }
}

const CONTROL = /[\u0000-\u001f]/;

function isEscaped(text: string, quote: number, start: number): boolean {
  let backslashes = 0;
  while (quote - 1 - backslashes > start && text[quote - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
