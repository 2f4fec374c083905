/** What errors of the database carry of the statement and its values, which may be anybody's. */
const VALUES = ['query', 'parameters', 'driverError', 'detail', 'where', 'internalQuery', 'raw'];

/** An error as pino has made it plain, without the values it was made of. */
export function loggedError(plain: object): object {
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !VALUES.includes(name)));
}
