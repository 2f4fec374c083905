import type { ServerOptions } from '@grpc/grpc-js';
import { Reflector } from '@nestjs/core';
import { NestMicroservice } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry } from '#libs/runtime';
import { Doorkeeper } from '../auth/index.js';
import { AppConfig } from '../config.js';
import { API_PACKAGE, apiDefinition } from '../grpc/index.js';
import { Idempotency } from '../idempotency/index.js';
import { ServiceOutbox } from '../outbox/index.js';
import { GrpcHealth } from './grpc-health.js';
import { GrpcServer } from './grpc-server.js';
import { tolerantDefinition } from './malformed-message.js';
import { RpcCallInterceptor } from './rpc-call.interceptor.js';
import { RpcErrorFilter } from './rpc-error.filter.js';
import { RpcGuard } from './rpc.guard.js';

/** A batch of the largest size, and what the messages add to its bytes. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024 + 256 * 1024;

const CHANNEL: ServerOptions = {
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_send_message_length': -1,
  'grpc.max_concurrent_streams': 1_000,
  // A peer that is gone without a word is noticed after 80 s.
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
};

/**
 * Opens the gRPC door of a started service: what every RPC passes through stands here, apart from boot, so that tests open
 * the same door.
 * @returns the port it listens on
 */
export async function openGrpcDoor(app: NestFastifyApplication): Promise<number> {
  const loaded = apiDefinition();
  const services = Object.keys(loaded).filter((name) => name.startsWith(`${API_PACKAGE}.`) && isService(loaded[name]!));
  const health = new GrpcHealth(app.get(HealthRegistry), services);
  const definition = tolerantDefinition(loaded, services);
  const server = new GrpcServer({ ...app.get(AppConfig).grpc, definition, health, channel: CHANNEL });
  const door = app.connectMicroservice({ strategy: server }, { deferInitialization: true });
  // The application has run its hooks already, and would run them a second time for a server that joins late.
  (door as NestMicroservice).setIsInitHookCalled(true);
  door.useGlobalGuards(new RpcGuard(app.get(Doorkeeper), app.get(Reflector)));
  door.useGlobalInterceptors(new RpcCallInterceptor(app.get(Idempotency), app.get(ServiceOutbox)));
  door.useGlobalFilters(new RpcErrorFilter());
  await door.listen();
  return server.port;
}

function isService(definition: object): boolean {
  return !('format' in definition);
}
