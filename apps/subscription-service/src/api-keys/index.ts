export { apiKeysApi } from './api-key.openapi.js';
export { type ApiKey, apiKeyView } from './api-key.js';
export { CreateApiKeyDto, ListApiKeysDto, RotateApiKeyDto, UpdateApiKeyDto } from './api-key.dto.js';
export { ApiKeyService, type ApiKeyPatch, type NewApiKey, type ShownKey } from './api-key.service.js';
export { ApiKeysModule } from './api-keys.module.js';
