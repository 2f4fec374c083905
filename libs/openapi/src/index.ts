export { PAGING, pageOf, ref, type Answer, type ApiPart, type Content, type Method, type Operation, type Schema } from './api-part.js';
export { openApiDocument, type DocumentOptions } from './openapi-document.js';
