export type { PayloadFormat, RenderInput } from './payload-format.js';
export { payloadFormat, payloadFormatNames } from './registry.js';
export { payloadFormatErrors } from './payload-formats.errors.js';
