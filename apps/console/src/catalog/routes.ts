import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app';
import { defined, searchText } from '../filters/search-text';

const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/catalog',
  validateSearch: ({ q, module }: Record<string, unknown>): { readonly q?: string; readonly module?: string } =>
    defined({ q: searchText(q), module: searchText(module) }),
  component: lazyRouteComponent(() => import('./catalog-page'), 'CatalogPage'),
});

const typeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/catalog/$eventType',
  component: lazyRouteComponent(() => import('./event-type-page'), 'EventTypePage'),
});

export const catalogRoutes = [listRoute, typeRoute] as const;
