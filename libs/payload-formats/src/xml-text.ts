// What XML 1.0 has no way to write, not even as a reference: most control characters, U+FFFE, U+FFFF, halves of surrogate pairs.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
const UNWRITABLE_ALL = new RegExp(UNWRITABLE, 'gu');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Escaped for element content. A carriage return is written as a reference, because parsers turn a bare one into a line feed. */
export function xmlText(text: string): string {
  return text.replace(/[&<>\r]/g, (char) => ENTITIES[char]!);
}

/** Escaped for an attribute in double quotes. White space is written as references, because parsers turn it into blanks. */
export function xmlAttributeText(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (char) => ENTITIES[char]!);
}

/** Whether a text has characters that no XML 1.0 document can hold. */
export function isUnwritable(text: string): boolean {
  return UNWRITABLE.test(text);
}

/** The text as the inside of a JSON string, which can always be written and loses nothing. */
export function jsonEscaped(text: string): string {
  // stringify escapes control characters and lone surrogates; it knows nothing of the two that only XML refuses.
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\ufffe\uffff]/g, (char) => (char === '\ufffe' ? '\\ufffe' : '\\uffff'));
}

/** The text with U+FFFD in place of what cannot be written. */
export function withReplacements(text: string): string {
  return text.replace(UNWRITABLE_ALL, '\ufffd');
}
