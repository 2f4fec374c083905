import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, Reflector } from '@nestjs/core';
import { Clock } from '#libs/kernel';
import { AppConfig } from '../config.js';
import { AdminKey } from './admin-key.js';
import { AuthGuard } from './auth.guard.js';
import { Authentication } from './authentication.js';
import { DeclaredAccess } from './declared-access.js';
import { AccountDirectory, FailedAuthentications, KeyDirectory } from './directories.js';
import { Doorkeeper } from './doorkeeper.js';
import { PortalTokens } from './portal-tokens.js';
import { RateLimits } from './rate-limits.js';
import { RequiredRole } from './required-role.js';

@Module({})
export class AuthModule {
  /** @param imports modules that export the `KeyDirectory`, the `AccountDirectory` and the `FailedAuthentications` */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: AuthModule,
      imports: [DiscoveryModule, ...imports],
      providers: [
        DeclaredAccess,
        { provide: PortalTokens, inject: [AppConfig], useFactory: ({ masterKeys }: AppConfig) => new PortalTokens(masterKeys) },
        {
          provide: Authentication,
          inject: [AppConfig, KeyDirectory, AccountDirectory, FailedAuthentications, Clock, PortalTokens],
          useFactory: (
            config: AppConfig,
            keys: KeyDirectory,
            accounts: AccountDirectory,
            failed: FailedAuthentications,
            clock: Clock,
            portalTokens: PortalTokens,
          ) => new Authentication(new AdminKey(config.adminKey), keys, accounts, failed, clock, portalTokens),
        },
        {
          provide: Doorkeeper,
          inject: [Authentication, AccountDirectory, AppConfig],
          useFactory: (authentication: Authentication, accounts: AccountDirectory, { access }: AppConfig) =>
            new Doorkeeper(authentication, new RateLimits(access.quotas), new RequiredRole(access.requiredRole, accounts)),
        },
        {
          provide: APP_GUARD,
          inject: [Doorkeeper, Reflector],
          useFactory: (doorkeeper: Doorkeeper, reflector: Reflector) => new AuthGuard(doorkeeper, reflector),
        },
      ],
      exports: [Doorkeeper],
    };
  }
}
