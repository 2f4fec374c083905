import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app';
import { eventSearch, type EventsSearch, eventsSearch } from './events-search';

const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/events',
  validateSearch: (given: Record<string, unknown>): EventsSearch => eventsSearch(given),
  component: lazyRouteComponent(() => import('./events-page'), 'EventsPage'),
});

const detailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/events/$eventId',
  validateSearch: (given: Record<string, unknown>): { readonly source?: string } => eventSearch(given),
  component: lazyRouteComponent(() => import('./event-page'), 'EventPage'),
});

export const eventsRoutes = [listRoute, detailRoute] as const;
