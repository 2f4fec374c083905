const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const MEDIA_TYPE = new RegExp(`^(${TOKEN}/${TOKEN})[ \\t]*(?:;[\\t\\x20-\\x7e]*)?$`);
const MAX_LENGTH = 255;

/** `type/subtype` of a content type in lower case, without parameters; undefined when the text has not that form. */
export function mediaType(contentType: string): string | undefined {
  if (contentType === 'application/json') return contentType; // nearly always
  return contentType.length <= MAX_LENGTH ? MEDIA_TYPE.exec(contentType)?.[1]?.toLowerCase() : undefined;
}

/** Whether data of this media type (in lower case) is JSON text. */
export function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}
