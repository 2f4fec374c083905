import { useEffect, useRef, useState } from 'react';
import { type Attempt, credentials } from '../../api';
import { LiveStream, type LiveState } from './live-stream';
import { NO_NEW_ATTEMPTS, type NewAttempts, withAttempt, withGap } from './new-attempts';

interface LiveAttemptsOptions {
  readonly webhookId: string;
  readonly enabled: boolean;
  /** Whether an attempt belongs into the list. */
  readonly isShown: (attempt: Attempt) => boolean;
  /** Told of every attempt, shown or not. */
  readonly onAttempt: (attempt: Attempt) => void;
  /** From here on every attempt is told; one that was stored since the list was read may not be in either. */
  readonly onLive: () => void;
}

/** How often what came in is shown: a thousand attempts a second must not mean as many renderings. */
const SHOWN_EVERY_MS = 250;

/** New attempts of a webhook as they are made. They wait until `clear`. */
export function useLiveAttempts({ webhookId, enabled, isShown, onAttempt, onLive }: LiveAttemptsOptions) {
  const [state, setState] = useState<LiveState>('connecting');
  const [news, setNews] = useState<NewAttempts>(NO_NEW_ATTEMPTS);
  const collected = useRef<NewAttempts>(NO_NEW_ATTEMPTS);
  const told = useRef({ isShown, onAttempt, onLive });
  told.current = { isShown, onAttempt, onLive };

  useEffect(() => {
    if (!enabled) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wasLive = false;
    const collect = (next: NewAttempts): void => {
      collected.current = next;
      timer ??= setTimeout(() => {
        timer = undefined;
        setNews(collected.current);
      }, SHOWN_EVERY_MS);
    };
    const stream = new LiveStream({
      url: `/v1/attempts/stream?webhookId=${encodeURIComponent(webhookId)}`,
      headers: authorization,
      onState: (next) => {
        setState(next);
        if (next === 'live' && !wasLive) told.current.onLive();
        wasLive ||= next === 'live';
      },
      onEvent: ({ event, data }) => {
        if (event === 'gap') return collect(withGap(collected.current));
        if (event !== 'attempt') return;
        const attempt = JSON.parse(data) as Attempt;
        told.current.onAttempt(attempt);
        if (told.current.isShown(attempt)) collect(withAttempt(collected.current, attempt));
      },
    });
    void stream.run();
    return () => {
      stream.stop();
      clearTimeout(timer);
    };
  }, [webhookId, enabled]);

  const clear = () => {
    collected.current = NO_NEW_ATTEMPTS;
    setNews(NO_NEW_ATTEMPTS);
  };
  return { state, news, clear };
}

function authorization(): Record<string, string> {
  const held = credentials.get();
  return {
    ...(held ? { authorization: `Bearer ${held.token}` } : {}),
    ...(held?.account === undefined ? {} : { 'hookstream-account': encodeURIComponent(held.account) }),
  };
}
