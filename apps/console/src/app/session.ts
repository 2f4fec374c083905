import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { credentials, getSession, queryClient, type Session as ApiSession } from '../api';

/** What a key or a session of the portal may be allowed to do. */
export type Scope = ApiSession['scopes'][number];

/** Who uses the console, and for which account. */
export interface Session {
  /** The account looked at. */
  readonly accountId: string;
  readonly isAdmin: boolean;
  /** Whether a key with this scope may be used as one. */
  readonly may: (scope: Scope) => boolean;
  readonly isPortal: boolean;
  /** Of an administrator: look at another account. What is remembered of the one before is forgotten. */
  readonly switchAccount: (accountId: string) => void;
  readonly signOut: () => void;
}

export function useCredentials() {
  return useSyncExternalStore(credentials.subscribe, credentials.get);
}

/** Who the held credentials belong to; asked once for each. */
export function useCallerQuery() {
  const held = useCredentials();
  return useQuery({
    queryKey: ['caller', held?.token, held?.account],
    enabled: held !== undefined,
    staleTime: Infinity,
    queryFn: async () => (await getSession({ throwOnError: true })).data,
  });
}

/** @throws Error outside the pages that one sees signed in */
export function useSession(): Session {
  const held = useCredentials();
  const { data: caller } = useCallerQuery();
  if (!held || !caller) throw new Error('no one is signed in');
  const isAdmin = caller.scopes.includes('admin');
  return {
    accountId: caller.accountId,
    isAdmin,
    may: (scope) => isAdmin || caller.scopes.includes(scope),
    isPortal: held.kind === 'portal',
    switchAccount: (account) => {
      credentials.set({ ...held, account });
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'caller' });
    },
    signOut: () => {
      credentials.set(undefined);
      queryClient.clear();
    },
  };
}
