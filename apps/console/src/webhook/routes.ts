import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route';

const loadTabs = () => import('./routed-tabs');

/** One webhook: what stays on top of all its tabs. The history of its deliveries is one of them and hangs below it too. */
export const webhookRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./webhook-layout'), 'WebhookLayout'),
});

const overviewRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: '/',
  component: lazyRouteComponent(loadTabs, 'OverviewRoute'),
});

const testingRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'testing',
  component: lazyRouteComponent(loadTabs, 'TestingRoute'),
});

const settingsRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'settings',
  component: lazyRouteComponent(loadTabs, 'SettingsRoute'),
});

const secretsRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'secrets',
  component: lazyRouteComponent(loadTabs, 'SecretsRoute'),
});

const activityRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'activity',
  component: lazyRouteComponent(loadTabs, 'ActivityRoute'),
});

export const webhookTabRoutes = [overviewRoute, testingRoute, settingsRoute, secretsRoute, activityRoute] as const;
