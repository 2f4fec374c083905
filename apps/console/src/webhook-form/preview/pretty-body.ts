/** A body laid out to be read. Only white space between its parts is added; it is sent without. */
export function prettyBody(body: string, contentType: string): string {
  if (contentType.includes('xml')) return prettyXml(body);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function prettyXml(xml: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const part of xml.replace(/></g, '>\n<').split('\n')) {
    if (part.startsWith('</')) depth -= 1;
    lines.push('  '.repeat(Math.max(depth, 0)) + part);
    // An element that ends on its own line leaves the depth as it is.
    if (/^<[^?/]/.test(part) && !part.includes('</')) depth += 1;
  }
  return lines.join('\n');
}
