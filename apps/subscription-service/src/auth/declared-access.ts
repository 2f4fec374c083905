import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { accessOf } from './access.js';

// Where Nest keeps what @Get and the like, and @GrpcMethod and @MessagePattern, say of a method.
const ROUTE_METADATA = ['path', 'microservices:pattern'];

/** Refuses to start with a route or RPC that does not say who may call it. */
@Injectable()
export class DeclaredAccess implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (!metatype || !instance) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: never[]) => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => ROUTE_METADATA.some((key) => Reflect.hasMetadata(key, prototype[name]!)))
        .filter((name) => accessOf(this.reflector, prototype[name]!, metatype as never) === undefined)
        .map((name) => `${metatype.name}.${name}`);
    });
    if (silent.length > 0) throw new Error(`these do not say who may call them: ${silent.join(', ')}`);
  }
}
