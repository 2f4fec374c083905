import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app';
import { searchChoice } from '../filters/search-text';
import { DEVELOPER_TABS, type DeveloperTab } from './developer-tabs';

const developersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/developers',
  validateSearch: ({ tab }: Record<string, unknown>): { readonly tab?: string } => {
    const known: DeveloperTab | undefined = searchChoice(tab, DEVELOPER_TABS);
    return known ? { tab: known } : {};
  },
  component: lazyRouteComponent(() => import('./developers-page'), 'DevelopersPage'),
});

export const developersRoutes = [developersRoute] as const;
