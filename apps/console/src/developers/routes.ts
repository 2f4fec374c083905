import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app';
import { defined, searchChoice, searchText } from '../filters/search-text';
import { DEVELOPER_TABS, type DeveloperTab } from './developer-tabs';

const developersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/developers',
  validateSearch: ({ tab, cursor }: Record<string, unknown>): { readonly tab?: DeveloperTab; readonly cursor?: string } =>
    defined({ tab: searchChoice(tab, DEVELOPER_TABS), cursor: searchText(cursor, 1000) }),
  component: lazyRouteComponent(() => import('./developers-page'), 'DevelopersPage'),
});

export const developersRoutes = [developersRoute] as const;
export { DEVELOPER_TABS } from './developer-tabs';
