import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getAttempt, getDelivery, listAttempts, problemOf, sendTest } from '../../api';

const POLL_MS = 400;
/** Longer than the longest attempt (30 s) and the way there and back. */
const GIVE_UP_MS = 45_000;

export interface TestWish {
  /** Left out: `test.webhook`. */
  readonly eventType?: string;
  /** Left out: the type's own sample. */
  readonly data?: unknown;
}

/** Sends a test and follows it to its one attempt; `overdue` when it has been waited for long enough: then the history is the place to look. */
export function useTestSend(webhookId: string) {
  const send = useMutation({
    mutationFn: async (wish: TestWish) => {
      const { data } = await sendTest({ path: { id: webhookId }, body: wish, throwOnError: true });
      return data;
    },
  });
  const sent = send.data;
  const overdue = useOverdue(sent);
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
    refetchInterval: ({ state }) => (state.error || isOver(state.data) || overdue ? false : POLL_MS),
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
    refetchInterval: ({ state }) => (state.error || state.data || overdue ? false : POLL_MS),
  });
  return { send, sent, overdue, delivery: delivery.data, attempt: attempt.data, failure: send.error ?? delivery.error ?? attempt.error };
}

function isOver(delivery: { readonly attempts: number; readonly state: string } | null | undefined): boolean {
  return !!delivery && (delivery.attempts > 0 || delivery.state === 'discarded' || delivery.state === 'failed');
}

function useOverdue(sent: object | undefined): boolean {
  const [overdue, setOverdue] = useState<object>();
  useEffect(() => {
    if (!sent) return undefined;
    const timer = setTimeout(() => setOverdue(sent), GIVE_UP_MS);
    return () => clearTimeout(timer);
  }, [sent]);
  return sent !== undefined && overdue === sent;
}
