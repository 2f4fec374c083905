import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app';
import { overviewSearch } from './overview-search';

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import('./overview-page'), 'OverviewPage'),
});

export const overviewRoutes = [overviewRoute] as const;
