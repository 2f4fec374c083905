import { Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useInSight } from '../shown';
import classes from './tables.module.css';

interface UrlTabsProps<Name extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly name: Name; readonly label: string; readonly content: () => ReactNode }[];
  readonly shown: Name;
}

/** Tabs of a page, each a link to its address. Filters of another tab do not follow. */
export function UrlTabs<Name extends string>({ label, tabs, shown }: UrlTabsProps<Name>) {
  const row = useInSight<HTMLDivElement>('[aria-selected="true"]', shown);
  return (
    <Tabs value={shown} keepMounted={false}>
      <Tabs.List ref={row} className={classes.tabs} aria-label={label}>
        {tabs.map(({ name, label: words }) => (
          <Tabs.Tab key={name} value={name} renderRoot={(props: object) => <Link to="." search={{ tab: name } as never} {...props} />}>
            {words}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name} pt="lg">
          {shown === name ? content() : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
