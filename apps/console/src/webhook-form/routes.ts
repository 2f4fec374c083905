import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route';
import { newWebhookSearch } from './new-webhook-search';

const load = () => import('./routed-pages');

export const newWebhookRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/webhooks/new',
  validateSearch: newWebhookSearch,
  component: lazyRouteComponent(load, 'NewWebhookRoute'),
});

export const editWebhookRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/webhooks/$webhookId/edit',
  component: lazyRouteComponent(load, 'EditWebhookRoute'),
});
