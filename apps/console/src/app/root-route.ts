import { createRootRoute, redirect, retainSearchParams } from '@tanstack/react-router';
import { lookAt } from './session';

/** What any address of the console may say, whatever the page. */
export interface RootSearch {
  /** `1`: inside another product's page, without the console's own frame. */
  readonly embed?: '1';
  /** Of an embedded console: the colours of the page around it. */
  readonly theme?: 'light' | 'dark';
  /** Of an administrator's link: the account that the page is to be seen from. It leaves the address once that one is looked at. */
  readonly account?: string;
}

/** The parent of each feature's routes. What it shows is said where the console is put together, in `router.tsx`. */
export const rootRoute = createRootRoute({
  validateSearch: ({ embed, theme, account }: Record<string, unknown>): RootSearch => ({
    ...(embed === '1' ? { embed } : {}),
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(typeof account === 'string' && account !== '' ? { account } : {}),
  }),
  beforeLoad: ({ search: { account }, location, preload }) => {
    if (account === undefined || preload) return;
    lookAt(account);
    redirect({ to: location.pathname, search: { ...location.search, account: undefined } as never, replace: true, throw: true });
  },
  search: { middlewares: [retainSearchParams(['embed', 'theme'])] },
});
