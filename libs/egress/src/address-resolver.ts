/** A name that has no address, or none that could be learnt in time. */
export class ResolveError extends Error {
  constructor(
    readonly reason: 'not-found' | 'unavailable',
    message: string,
  ) {
    super(message);
    this.name = 'ResolveError';
  }
}

/** Turns host names into addresses; an abstract class so that it is its own injection token. */
export abstract class AddressResolver {
  /**
   * Every address of a host name, at least one, in their usual spelling.
   * @throws ResolveError
   */
  abstract resolve(hostname: string): Promise<readonly string[]>;
}
