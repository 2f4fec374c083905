import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countdown } from './timeline';

/** How long until a time, second by second. Not read out at each of them: the time itself stands beside it. */
export function Countdown({ until }: { readonly until: string }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  const due = Date.parse(until) <= now;
  useEffect(() => {
    if (due) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [due]);
  return <span role="timer">{due ? t('delivery.timeline.due') : t('delivery.timeline.nextIn', { countdown: countdown(until, now) })}</span>;
}
