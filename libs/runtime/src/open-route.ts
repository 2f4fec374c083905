import { SetMetadata } from '@nestjs/common';

/** Where a route says that anybody may ask it. */
export const OPEN_ROUTE = 'hookstream:open-route';

/** A route that needs no key, such as what a monitor asks; every other one is closed where a service has a guard. */
export function OpenRoute() {
  return SetMetadata(OPEN_ROUTE, true);
}
