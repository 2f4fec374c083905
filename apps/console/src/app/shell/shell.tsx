import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { embedding } from '../embedding';
import { Keyboard } from '../keyboard/keyboard';
import { Brand } from './brand';
import { Breadcrumb } from './breadcrumb';
import { Navigation } from './navigation';
import { Preferences } from './preferences';
import { SearchButton } from './search-button';
import classes from './shell.module.css';
import { AccountMenu } from './account-menu';

/** The frame around every page; inside another product's page there is none but the page. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Keyboard>
      <a href="#main" className={classes.skip}>
        {t('app.skip')}
      </a>
      {embedding.embedded ? (
        <EmbeddedFrame />
      ) : (
        <AppShell header={{ height: 56 }} navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
          <AppShell.Header className={classes.header}>
            <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
              <Group gap="sm" wrap="nowrap" className={classes.headStart}>
                <Burger
                  opened={opened}
                  onClick={toggle}
                  hiddenFrom="sm"
                  size="sm"
                  aria-label={t('app.navigation')}
                  aria-expanded={opened}
                />
                <Brand />
                <Breadcrumb />
              </Group>
              <Group gap={6} wrap="nowrap">
                <SearchButton />
                <Preferences />
                <AccountMenu />
              </Group>
            </Group>
          </AppShell.Header>
          <AppShell.Navbar className={classes.navbar} aria-label={t('app.navigation')}>
            <Navigation onChosen={close} />
          </AppShell.Navbar>
          <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
            <div className={classes.page}>
              <Outlet />
            </div>
          </AppShell.Main>
        </AppShell>
      )}
    </Keyboard>
  );
}

function EmbeddedFrame() {
  const { t } = useTranslation();
  return (
    <>
      <nav className={classes.embeddedNav} aria-label={t('app.navigation')}>
        <Navigation onChosen={() => undefined} />
        <Preferences />
      </nav>
      <main id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          <Outlet />
        </div>
      </main>
    </>
  );
}
