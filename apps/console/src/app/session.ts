import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type Credentials, credentials, getSession, queryClient, type Session as ApiSession } from '../api';

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
  /** Of an administrator: look at another account. */
  readonly switchAccount: (accountId: string) => void;
  readonly signOut: () => void;
}

/** Looks at another account, where that is allowed. What is remembered of the one before is forgotten. */
export function lookAt(account: string): void {
  const held = credentials.get();
  const caller = held && queryClient.getQueryData<ApiSession>(callerKey(held));
  if (!held || !caller?.scopes.includes('admin') || caller.accountId === account) return;
  credentials.set({ ...held, account });
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'caller' });
}

function callerKey(held: Credentials | undefined) {
  return ['caller', held?.token, held?.account] as const;
}

export function useCredentials() {
  return useSyncExternalStore(credentials.subscribe, credentials.get);
}

/** Who the held credentials belong to; asked once for each. */
export function useCallerQuery() {
  const held = useCredentials();
  return useQuery({
    queryKey: callerKey(held),
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
    switchAccount: lookAt,
    signOut: () => {
      credentials.set(undefined);
      queryClient.clear();
    },
  };
}
