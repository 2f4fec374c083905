export { useBrowserRules } from './browser-rules.js';
export { Email, Label, Optional, OptionalOrNull, TextMap, TextPatch } from './dto-rules.js';
export { decodeKeyCursor, encodeKeyCursor, type Page, PageDto, pageOf } from './page.js';
export { QueryInterceptor } from './query.interceptor.js';
export { versionsOf, versionTag } from './version-tag.js';
export { VersionTagInterceptor } from './version-tag.interceptor.js';
