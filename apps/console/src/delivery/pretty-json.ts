const INDENT = '  ';
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/**
 * JSON laid out to be read. Nothing but white space between its parts changes: it is never parsed and printed again, so that
 * `12345678901234567890`, `1.10` and names that occur twice stay as they were received. What is no JSON comes back as it is.
 */
export function prettyJson(text: string): string {
  if (!isJson(text)) return text;
  let depth = 0;
  let pretty = '';
  let before = '';
  const newLine = (): string => `\n${INDENT.repeat(depth)}`;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '}' || token === ']') {
      depth -= 1;
      pretty += (before === '{' || before === '[' ? '' : newLine()) + token;
    } else {
      const first = before === '{' || before === '[' || before === ',';
      pretty += (first ? newLine() : '') + token;
      if (token === ':') pretty += ' ';
      if (token === '{' || token === '[') depth += 1;
    }
    before = token;
  }
  return pretty;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
