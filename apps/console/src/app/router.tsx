import { createRouter } from '@tanstack/react-router';
import { catalogRoutes } from '../catalog/routes';
import { deliveryRoutes } from '../delivery/routes';
import { developersRoutes } from '../developers/routes';
import { eventsRoutes } from '../events/routes';
import { webhookHistoryRoute } from '../history/routes';
import { operatorRoutes } from '../operator/routes';
import { overviewRoutes } from '../overview/routes';
import { editWebhookRoute, newWebhookRoute } from '../webhook-form/routes';
import { webhookRoute, webhookTabRoutes } from '../webhook/routes';
import { webhooksRoute } from '../webhooks/routes';
import { NotFound } from './not-found';
import { rootRoute } from './root-route';
import { RouteError } from './route-error';
import { parseSearch, stringifySearch } from './search-params';
import { Shell } from './shell/shell';

rootRoute.update({ component: Shell, notFoundComponent: NotFound });

const routeTree = rootRoute.addChildren([
  ...overviewRoutes,
  webhooksRoute,
  newWebhookRoute,
  editWebhookRoute,
  webhookRoute.addChildren([...webhookTabRoutes, webhookHistoryRoute]),
  ...deliveryRoutes,
  ...eventsRoutes,
  ...catalogRoutes,
  ...developersRoutes,
  ...operatorRoutes,
]);

/** All pages. Each feature says its own in `<feature>/routes.ts`; their components come when they are first opened. */
export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultErrorComponent: RouteError,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  scrollRestoration: true,
});

/** Fetches the page of the present address, so that it comes while it is asked who is signed in. */
export function expectPage(): void {
  const matches: readonly { readonly routeId: string }[] = router.matchRoutes(router.latestLocation);
  for (const { routeId } of matches) {
    // Who shows it asks again, and says what is wrong.
    router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById])?.catch(() => undefined);
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
