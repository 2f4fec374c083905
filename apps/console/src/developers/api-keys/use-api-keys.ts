import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiKeyRequest, createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '../../api';

const keyOf = (accountId: string) => ['apiKeys', accountId] as const;
const PAGE = 50;

export function useApiKeys(accountId: string, cursor: string | undefined) {
  return useQuery({
    queryKey: [...keyOf(accountId), cursor],
    queryFn: async () => {
      const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      return (await listApiKeys({ path: { id: accountId }, query, throwOnError: true })).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Each answers with the key that is shown once, but for the revocation. */
export function useKeyChanges(accountId: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keyOf(accountId) });
  return {
    create: useMutation({
      mutationFn: async (body: ApiKeyRequest) => (await createApiKey({ path: { id: accountId }, body, throwOnError: true })).data,
      onSuccess,
    }),
    rotate: useMutation({
      mutationFn: async ({ keyId, overlapSeconds }: { readonly keyId: string; readonly overlapSeconds: number }) =>
        (await rotateApiKey({ path: { id: accountId, keyId }, body: { overlapSeconds }, throwOnError: true })).data,
      onSuccess,
    }),
    revoke: useMutation({
      mutationFn: async (keyId: string) => {
        await revokeApiKey({ path: { id: accountId, keyId }, throwOnError: true });
      },
      onSuccess,
    }),
  };
}
