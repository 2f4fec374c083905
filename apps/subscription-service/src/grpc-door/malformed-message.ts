import type { PackageDefinition, ServiceDefinition } from '@grpc/proto-loader';

/** Stands for a message whose bytes are not of its type. grpc-js would answer INTERNAL to it, before anybody of ours is asked. */
export const MALFORMED = Symbol('malformed');

export interface MalformedMessage {
  readonly [MALFORMED]: Error;
}

/** The same services, with what cannot be decoded handed on as `MalformedMessage`. @param services names of the services to change */
export function tolerantDefinition(definition: PackageDefinition, services: readonly string[]): PackageDefinition {
  return { ...definition, ...Object.fromEntries(services.map((name) => [name, tolerant(definition[name] as ServiceDefinition)])) };
}

export function isMalformed(message: unknown): message is MalformedMessage {
  return typeof message === 'object' && message !== null && MALFORMED in message;
}

function tolerant(service: ServiceDefinition): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => {
      const requestDeserialize = (bytes: Buffer): object => {
        try {
          return method.requestDeserialize(bytes);
        } catch (error) {
          return { [MALFORMED]: error };
        }
      };
      return [name, { ...method, requestDeserialize }];
    }),
  );
}
