/** What errors of the database carry of the statement and its values, which may be anybody's. */
const VALUES = ['query', 'parameters', 'driverError', 'detail', 'where', 'internalQuery', 'raw'];

/** An error as pino has made it plain, without the values it was made of; one that is told in words stays as it is. */
export function loggedError(plain: object | string): object | string {
  if (typeof plain === 'string') return plain;
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !VALUES.includes(name)));
}
