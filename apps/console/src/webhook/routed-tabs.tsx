import { useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Webhook } from '../api';
import { ActivityTab } from './activity/activity-tab';
import { OverviewTab } from './overview/overview-tab';
import { SecretsTab } from './secrets/secrets-tab';
import { SettingsTab } from './settings/settings-tab';
import { TestingTab } from './testing/testing-tab';
import { useWebhook } from './use-webhook';

export const OverviewRoute = routed(OverviewTab);
export const TestingRoute = routed(TestingTab);
export const SettingsRoute = routed(SettingsTab);
export const SecretsRoute = routed(SecretsTab);
export const ActivityRoute = routed(({ webhook }) => <ActivityTab webhookId={webhook.id} />);

/** A tab of the webhook that the address names; the layout around it has read it already. */
function routed(Tab: ComponentType<{ readonly webhook: Webhook }>): ComponentType {
  return function RoutedTab() {
    const { webhookId = '' } = useParams({ strict: false });
    const { data } = useWebhook(webhookId);
    return data ? <Tab webhook={data} /> : null;
  };
}
