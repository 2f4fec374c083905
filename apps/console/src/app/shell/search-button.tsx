import { Kbd, Text, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOpenPalette } from '../palette/lazy-palette';
import classes from './shell.module.css';

const IS_MAC = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);

/** Opens the palette. */
export function SearchButton() {
  const { t } = useTranslation();
  return (
    <UnstyledButton className={classes.search} onClick={useOpenPalette()}>
      <IconSearch size={16} aria-hidden />
      <Text span size="sm" className={classes.searchText}>
        {t('app.search.short')}
      </Text>
      <Kbd size="xs" className={classes.searchText}>
        {IS_MAC ? '⌘' : 'Ctrl'} K
      </Kbd>
    </UnstyledButton>
  );
}
