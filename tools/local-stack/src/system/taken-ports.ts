import { isPortFree } from '../free-port.js';
import { PortTakenError, StackError } from '../stack-error.js';
import type { SystemSettings } from './system-options.js';

interface WantedPort {
  readonly port: number;
  readonly what: string;
  readonly variable: string;
}

/** The fixed ports that a start with these settings opens. */
export function wantedPorts(settings: SystemSettings): WantedPort[] {
  return [
    { port: settings.httpPort, what: 'the HTTP API', variable: 'HTTP_PORT', ours: true },
    { port: settings.grpcPort, what: 'the gRPC API', variable: 'GRPC_PORT', ours: true },
    { port: settings.embeddedKafkaPort, what: 'the embedded Kafka', variable: 'EMBEDDED_KAFKA_PORT', ours: !settings.kafkaBrokers },
    { port: settings.mailboxPort, what: 'the mailbox', variable: 'MAILBOX_PORT', ours: !settings.smtpUrl },
    { port: settings.embeddedPostgresPort, what: 'the embedded Postgres', variable: 'EMBEDDED_POSTGRES_PORT', ours: !settings.databaseUrl },
  ].filter(({ port, ours }) => ours && port !== 0);
}

/** Those of the wanted ports on which somebody listens. */
export async function takenPorts(settings: SystemSettings): Promise<WantedPort[]> {
  const wanted = wantedPorts(settings);
  const free = await Promise.all(wanted.map(({ port }) => isPortFree(port)));
  return wanted.filter((_, i) => !free[i]);
}

/** One error that names every taken port and the variable that chooses another. */
export function portsTakenError(taken: readonly WantedPort[]): StackError {
  const errors = taken.map(({ port, what, variable }) => new PortTakenError(port, what, variable));
  return errors.length === 1 ? errors[0]! : new StackError(errors.map((error) => error.message).join('\n'));
}
