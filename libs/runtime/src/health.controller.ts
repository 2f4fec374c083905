import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { register } from 'prom-client';
import { HealthRegistry } from './health-registry.js';
import { OpenRoute } from './open-route.js';

@Controller()
@OpenRoute()
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  @Get('healthz')
  healthz(@Res({ passthrough: true }) reply: FastifyReply) {
    const { live, parts } = this.registry.health();
    reply.status(live ? 200 : 503);
    return { status: live ? 'ok' : 'down', parts };
  }

  @Get('readyz')
  readyz(@Res({ passthrough: true }) reply: FastifyReply) {
    const { ready, parts } = this.registry.health();
    reply.status(ready ? 200 : 503);
    if (!ready) reply.header('retry-after', '1');
    return { status: ready ? 'ready' : 'not ready', parts };
  }

  @Get('metrics')
  @Header('content-type', register.contentType)
  metrics(): Promise<string> {
    return register.metrics();
  }
}
