import type { Server, ServerWritableStream } from '@grpc/grpc-js';
import { HealthImplementation, type ServingStatusMap } from 'grpc-health-check';
import type { HealthRegistry } from '#libs/runtime';

type Handler = (...args: never[]) => void;

/** How soon those who watch hear of a change. */
const LOOK_MS = 500;

/** The standard health service, for the server as a whole (empty name) and for each service: what `/readyz` says. */
export class GrpcHealth {
  private readonly health: HealthImplementation;
  private readonly watching = new Set<ServerWritableStream<unknown, unknown>>();
  private readonly timer: NodeJS.Timeout;
  private serving: boolean;

  constructor(
    private readonly registry: Pick<HealthRegistry, 'health'>,
    private readonly services: readonly string[],
  ) {
    this.serving = registry.health().ready;
    this.health = new HealthImplementation(this.statuses());
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  addTo(server: Server): void {
    this.health.addToServer({
      addService: (definition: never, { check, watch, list }: Record<'check' | 'watch' | 'list', Handler>) => {
        const looking =
          (handler: Handler): Handler =>
          (...args) => {
            this.look();
            handler(...args);
          };
        const watched = (call: ServerWritableStream<unknown, unknown>): void => {
          this.watching.add(call);
          call.on('cancelled', () => this.watching.delete(call));
          looking(watch)(call as never);
        };
        server.addService(definition, { check: looking(check), watch: watched, list: looking(list) } as never);
      },
    } as never);
  }

  /** Tells those who watch and lets them go, since a server waits for its calls to end. */
  stop(): void {
    clearInterval(this.timer);
    if (this.serving) {
      this.serving = false;
      this.publish();
    }
    for (const call of this.watching) call.end();
  }

  private look(): void {
    const serving = this.registry.health().ready;
    if (serving === this.serving) return;
    this.serving = serving;
    this.publish();
  }

  private publish(): void {
    for (const [service, status] of Object.entries(this.statuses())) this.health.setStatus(service, status);
  }

  private statuses(): ServingStatusMap {
    return Object.fromEntries(['', ...this.services].map((name) => [name, this.serving ? 'SERVING' : 'NOT_SERVING']));
  }
}
