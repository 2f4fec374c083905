import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../app';
import { searchChoice } from '../filters/search-text';
import { UrlTabs } from '../tables';
import { ApiKeysTab } from './api-keys/api-keys-tab';
import { ApiTab } from './api-tab';
import { DEVELOPER_TABS, type DeveloperTab } from './developer-tabs';
import { FormatsTab } from './formats-tab';
import { GrpcTab } from './grpc-tab';
import { TopicsTab } from './topics-tab';
import { VerifyTab } from './verify-tab';

const TABS = { keys: ApiKeysTab, api: ApiTab, topics: TopicsTab, grpc: GrpcTab, verify: VerifyTab, formats: FormatsTab } as const;

/** What one needs to build against Hookstream. */
export function DevelopersPage() {
  const { t } = useTranslation();
  const { tab }: { tab?: string } = useSearch({ strict: false });
  const shown: DeveloperTab = searchChoice(tab, DEVELOPER_TABS) ?? 'keys';
  return (
    <Page title={t('developers.title')} hint={t('developers.hint')}>
      <UrlTabs
        label={t('developers.tabs')}
        shown={shown}
        tabs={DEVELOPER_TABS.map((name) => {
          const Tab = TABS[name];
          return { name, label: t(`developers.tab.${name}`), content: () => <Tab /> };
        })}
      />
    </Page>
  );
}
