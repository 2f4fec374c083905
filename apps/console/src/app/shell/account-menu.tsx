import { Button, Menu, Text } from '@mantine/core';
import { IconBuildingCommunity, IconChevronDown, IconLogout, IconReplace } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leaveAfterAsking } from '../../shown';
import { useSession } from '../session';
import classes from './shell.module.css';

const AccountSwitcher = lazy(() => import('./account-switcher').then(({ AccountSwitcher: component }) => ({ default: component })));

/** The account looked at; administrators change it here. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { accountId, isAdmin, signOut } = useSession();
  const [switching, setSwitching] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            px="xs"
            className={classes.account}
            leftSection={<IconBuildingCommunity size={18} stroke={1.75} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={t('app.account.menu', { account: accountId })}
          >
            <Text span size="sm" truncate className={classes.accountName}>
              {accountId}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t(isAdmin ? 'app.account.asAdmin' : 'app.account.asKey', { account: accountId })}</Menu.Label>
          {isAdmin ? (
            <Menu.Item leftSection={<IconReplace size={16} aria-hidden />} onClick={() => setSwitching(true)}>
              {t('app.account.switch')}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => leaveAfterAsking(signOut)}>
            {t('app.account.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isAdmin ? (
        <Suspense fallback={null}>
          <AccountSwitcher opened={switching} onClose={() => setSwitching(false)} onSwitched={() => void navigate({ to: '/' })} />
        </Suspense>
      ) : null}
    </>
  );
}
