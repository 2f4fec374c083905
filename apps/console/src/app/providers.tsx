import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { queryClient } from '../api';
import { styleNonce } from '../shown';
import { embedding } from './embedding';
import { cssVariables } from './theme/css-variables';
import { theme } from './theme/theme';

const schemes = localStorageColorSchemeManager({ key: 'hookstream.color-scheme' });

// What is to be shown before they are there waits for them.
const Notices = lazy(() => import('./notices').then(({ Notices: component }) => ({ default: component })));

/** What every page needs around it. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      {...(embedding.theme ? { forceColorScheme: embedding.theme } : {})}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          <Notices />
        </Suspense>
        {children}
      </QueryClientProvider>
    </MantineProvider>
  );
}
