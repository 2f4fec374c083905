import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app';

// Loose: each tab has filters of its own in the address, and reads them itself.
type Address = Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any

const operatorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operator',
  validateSearch: (given: Record<string, unknown>): Address => given,
  component: lazyRouteComponent(() => import('./operator-page'), 'OperatorPage'),
});

export const operatorRoutes = [operatorRoute] as const;
export { OPERATOR_TABS } from './operator-tabs';
