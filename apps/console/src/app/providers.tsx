import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '../api';
import { styleNonce } from '../shown';
import { embedding } from './embedding';
import { cssVariables } from './theme/css-variables';
import { theme } from './theme/theme';

const schemes = localStorageColorSchemeManager({ key: 'hookstream.color-scheme' });

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
        <Notifications position="bottom-right" limit={4} />
        {children}
      </QueryClientProvider>
    </MantineProvider>
  );
}
