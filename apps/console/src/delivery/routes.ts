import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app';
import { deliverySearch } from './delivery-search';

const deliveryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/deliveries/$deliveryId',
  validateSearch: deliverySearch,
  component: lazyRouteComponent(() => import('./delivery-page'), 'DeliveryPage'),
});

const attemptRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/attempts/$attemptId',
  component: lazyRouteComponent(() => import('./attempt-page'), 'AttemptPage'),
});

export const deliveryRoutes = [deliveryRoute, attemptRoute] as const;
