import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AppConfig } from '../config.js';
import { AdminKey } from './admin-key.js';
import { AuthGuard } from './auth.guard.js';

@Module({
  providers: [
    { provide: AdminKey, inject: [AppConfig], useFactory: (config: AppConfig) => new AdminKey(config.adminKey) },
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
})
export class AuthModule {}
