import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, useSession } from '../app';
import { searchChoice } from '../filters/search-text';
import { UrlTabs } from '../tables';
import { AccountsTab } from './accounts/accounts-tab';
import { AuditTab } from './audit-tab';
import { CircuitsTab } from './circuits-tab';
import { DeadLettersTab } from './dead-letters/dead-letters-tab';
import { LagTab } from './lag-tab';
import { NotificationsTab } from './notifications-tab';
import { OPERATOR_TABS, type OperatorTab } from './operator-tabs';

const TABS: Readonly<Record<OperatorTab, ComponentType>> = {
  lag: LagTab,
  'dead-letters': DeadLettersTab,
  circuits: CircuitsTab,
  accounts: AccountsTab,
  notifications: NotificationsTab,
  audit: AuditTab,
};

/** For those who run Hookstream. */
export function OperatorPage() {
  const { t } = useTranslation();
  const { isAdmin } = useSession();
  const { tab }: { tab?: unknown } = useSearch({ strict: false });
  return (
    <Page title={t('operator.title')} hint={t('operator.hint')}>
      {isAdmin ? (
        <UrlTabs
          label={t('operator.tabs')}
          shown={searchChoice(tab, OPERATOR_TABS) ?? 'lag'}
          tabs={OPERATOR_TABS.map((name) => {
            const Tab = TABS[name];
            return { name, label: t(`operator.tab.${name}`), content: () => <Tab /> };
          })}
        />
      ) : (
        <Alert color="yellow" icon={<IconLock size={18} aria-hidden />}>
          {t('operator.onlyAdmins')}
        </Alert>
      )}
    </Page>
  );
}
