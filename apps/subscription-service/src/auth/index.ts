export { AuthModule } from './auth.module.js';
export { Caller } from './caller.js';
export type { Principal } from './principal.js';
