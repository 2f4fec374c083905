export { parseMasterKeys, type MasterKeys } from './master-keys.js';
export { Sealer } from './sealer.js';
export { secretsErrors } from './secrets.errors.js';
