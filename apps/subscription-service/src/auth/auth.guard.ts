import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DEFAULT_ACCOUNT } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { AdminKey } from './admin-key.js';
import { admit } from './caller.js';
import './auth.errors.js';

/** What a monitor asks without a key. Every other route, those yet to be written included, needs one. */
const OPEN_ROUTES = new Set(['/healthz', '/readyz', '/metrics']);

/** The one guard: who has no valid key gets nowhere. The admin key acts on the account `default`. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly adminKey: AdminKey) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (OPEN_ROUTES.has(request.routeOptions.url ?? '')) return true;
    const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined) throw new AppError('UNAUTHENTICATED', 'send the API key as Authorization: Bearer <key>');
    if (!this.adminKey.matches(key)) throw new AppError('UNAUTHENTICATED', 'the API key is not valid');
    admit(request, { accountId: DEFAULT_ACCOUNT, actor: 'admin' });
    return true;
  }
}
