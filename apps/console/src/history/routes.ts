import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { webhookRoute } from '../webhook/routes';
import { type HistorySearch, historySearch } from './history-search';

// Loose: pages that name a part of their search alike give it other values, and the router knows one type of search for all of them.
type Address = { readonly [Name in keyof HistorySearch]?: any }; // eslint-disable-line @typescript-eslint/no-explicit-any

export const webhookHistoryRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'history',
  validateSearch: (given: Record<string, unknown>): Address => historySearch(given),
  component: lazyRouteComponent(() => import('./history-page'), 'HistoryRoute'),
});
