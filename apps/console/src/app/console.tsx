import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemState } from '../list';
import { embedding } from './embedding';
import { router } from './router';
import { SessionOver } from './session-over';
import { useCallerQuery, useCredentials } from './session';

/** Asks who it is before anything is shown. The address stays as it was, so that one lands where one meant to go. */
export function Console({ signIn }: { readonly signIn: ReactNode }) {
  const held = useCredentials();
  const caller = useCallerQuery();
  if (!held) return embedding.embedded ? <SessionOver /> : signIn;
  if (caller.data) return <RouterProvider router={router} />;
  return (
    <Center mih="100dvh" component="main">
      {caller.error ? <ProblemState error={caller.error} onRetry={() => void caller.refetch()} headingOrder={1} /> : <Loader aria-hidden />}
    </Center>
  );
}
