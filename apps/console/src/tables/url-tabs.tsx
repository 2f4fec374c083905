import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useInSight } from '../shown';
import classes from './tables.module.css';

interface UrlTabsProps<Name extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly name: Name; readonly label: string; readonly content: () => ReactNode }[];
  readonly shown: Name;
}

/** Tabs of a page, the shown one named in the address. Filters of another tab do not follow. */
export function UrlTabs<Name extends string>({ label, tabs, shown }: UrlTabsProps<Name>) {
  const navigate = useNavigate();
  const row = useInSight<HTMLDivElement>('[aria-selected="true"]', shown);
  return (
    <Tabs value={shown} onChange={(tab) => void navigate({ to: '.', search: { tab } as never })} keepMounted={false}>
      <Tabs.List ref={row} className={classes.tabs} aria-label={label}>
        {tabs.map(({ name, label: words }) => (
          <Tabs.Tab key={name} value={name}>
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
