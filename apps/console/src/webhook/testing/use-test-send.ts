import { useMutation, useQuery } from '@tanstack/react-query';
import { getAttempt, getDelivery, listAttempts, problemOf, sendTest } from '../../api';

const POLL_MS = 400;
/** Longer than the longest attempt (30 s) and the way there and back; then the history is the place to look. */
const GIVE_UP_MS = 45_000;

export interface TestWish {
  /** Left out: `test.webhook`. */
  readonly eventType?: string;
  /** Left out: the type's own sample. */
  readonly data?: unknown;
}

/** Sends a test and follows it to its one attempt. */
export function useTestSend(webhookId: string) {
  const send = useMutation({
    mutationFn: async (wish: TestWish) => {
      const { data } = await sendTest({ path: { id: webhookId }, body: wish, throwOnError: true });
      return { ...data, sentAt: Date.now() };
    },
  });
  const sent = send.data;
  const delivery = useQuery({
    queryKey: ['testDelivery', sent?.deliveryId],
    enabled: sent !== undefined,
    queryFn: async () => {
      try {
        const { data } = await getDelivery({ path: { id: sent!.deliveryId }, throwOnError: true });
        return data;
      } catch (error) {
        // It is queued: the history knows of it a moment later.
        if (problemOf(error).status === 404) return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.error || isOver(state.data) || Date.now() - (sent?.sentAt ?? 0) > GIVE_UP_MS ? false : POLL_MS),
  });
  const attempt = useQuery({
    queryKey: ['testAttempt', sent?.deliveryId],
    enabled: isOver(delivery.data),
    queryFn: async () => {
      const query = { deliveryId: sent!.deliveryId, limit: 1 };
      const { data: page } = await listAttempts({ path: { id: webhookId }, query, throwOnError: true });
      const row = page.data[0];
      if (!row) return null;
      const { data } = await getAttempt({ path: { id: row.id }, throwOnError: true });
      return data;
    },
    refetchInterval: ({ state }) => (state.data ? false : POLL_MS),
  });
  return { send, sent, delivery: delivery.data, attempt: attempt.data, failure: send.error ?? delivery.error ?? attempt.error };
}

function isOver(delivery: { readonly attempts: number; readonly state: string } | null | undefined): boolean {
  return !!delivery && (delivery.attempts > 0 || delivery.state === 'discarded' || delivery.state === 'failed');
}
