import { Server, ServerCredentials, type ServerOptions } from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { ServerGrpc } from '@nestjs/microservices';
import { protoDescriptors } from '#libs/contracts';
import { API_PACKAGE } from '../grpc/index.js';
import type { GrpcHealth } from './grpc-health.js';

/** What is under way when the service stops may end, as long as the whole stop stays within the 8 s that `npm start` gives it. */
const DRAIN_MS = 5_000;

export interface GrpcServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly definition: PackageDefinition;
  readonly health: GrpcHealth;
  readonly channel: ServerOptions;
}

/** Nest's gRPC server with reflection and health, a port that can be asked for, and a stop that ends. */
export class GrpcServer extends ServerGrpc {
  private bound: Server | undefined;
  private boundPort = 0;

  constructor(private readonly settings: GrpcServerOptions) {
    super({ package: API_PACKAGE, packageDefinition: settings.definition, protoPath: '' });
  }

  /** The port that is listened on; 0 before. */
  get port(): number {
    return this.boundPort;
  }

  override async createClient(): Promise<Server> {
    const { host, port, health, channel } = this.settings;
    const server = new Server(channel);
    reflection().addToServer(server);
    health.addTo(server);
    const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.boundPort = await new Promise<number>((resolve, reject) => {
      server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
    });
    this.bound = server;
    return server;
  }

  override async close(): Promise<void> {
    this.settings.health.stop();
    const server = this.bound;
    this.bound = undefined;
    if (!server) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        server.forceShutdown();
        resolve();
      }, DRAIN_MS);
      server.tryShutdown(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function reflection(): ReflectionService {
  // The service reads nothing of a definition but this.
  const files = { format: 'Protocol Buffer 3 DescriptorProto', type: {}, fileDescriptorProtos: protoDescriptors() };
  return new ReflectionService({ files } as unknown as PackageDefinition);
}
