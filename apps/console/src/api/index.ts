export { browserStorage } from './browser-storage';
export { connectApi } from './connect';
export { credentials, type Credentials } from './credentials';
export * from './generated';
export { ApiError, problemOf } from './problem';
export { queryClient } from './query-client';
