import { createRootRoute, retainSearchParams } from '@tanstack/react-router';

/** What any address of the console may say, whatever the page. */
export interface RootSearch {
  /** `1`: inside another product's page, without the console's own frame. */
  readonly embed?: '1';
  /** Of an embedded console: the colours of the page around it. */
  readonly theme?: 'light' | 'dark';
}

/** The parent of each feature's routes. What it shows is said where the console is put together, in `router.tsx`. */
export const rootRoute = createRootRoute({
  validateSearch: ({ embed, theme }: Record<string, unknown>): RootSearch => ({
    ...(embed === '1' ? { embed } : {}),
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
  }),
  search: { middlewares: [retainSearchParams(['embed', 'theme'])] },
});
