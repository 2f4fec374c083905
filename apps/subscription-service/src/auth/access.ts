import { SetMetadata, type Type } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { OPEN_ROUTE } from '#libs/runtime';
import { type Scope } from './scopes.js';

export { OpenRoute } from '#libs/runtime';

/** What a route or RPC asks of who calls it. */
export type Access = 'open' | 'any-key' | Scope;

const ACCESS = 'hookstream:access';

/** Only keys with this scope. On a method, or on a controller for all its methods. */
export function RequiresScope(scope: Scope) {
  return SetMetadata(ACCESS, scope);
}

/** Any valid key. */
export function AnyKey() {
  return SetMetadata(ACCESS, 'any-key' satisfies Access);
}

/** What a handler declares, else its controller; undefined when neither does, which nobody may pass. */
export function accessOf(reflector: Reflector, handler: (...args: never[]) => unknown, controller: Type): Access | undefined {
  for (const target of [handler, controller]) {
    if (reflector.get<boolean | undefined>(OPEN_ROUTE, target)) return 'open';
    const access = reflector.get<Access | undefined>(ACCESS, target);
    if (access !== undefined) return access;
  }
  return undefined;
}

/** Whether the account needs its role for such a call: every call about webhooks. */
export function needsRole(access: Access): boolean {
  return access === 'webhooks:read' || access === 'webhooks:write';
}
