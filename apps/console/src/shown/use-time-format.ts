import { useTranslation } from 'react-i18next';
import { clockTime, fullTime, isoTime, relativeTime } from './time-format';
import { useZone } from './zone';

/** Times as texts, in the zone that the reader chose. Each takes an RFC 3339 time. */
export interface TimeFormat {
  /** “3 min. ago” */
  readonly relative: (iso: string, now?: number) => string;
  /** `12:03`, with the day when it is another one. */
  readonly clock: (iso: string) => string;
  /** `Nov 21, 2026, 12:03:07` */
  readonly full: (iso: string) => string;
  /** ISO with offset. */
  readonly exact: (iso: string) => string;
}

export function useTimeFormat(): TimeFormat {
  const { zone } = useZone();
  const { language } = useTranslation().i18n;
  return {
    relative: (iso, now = Date.now()) => relativeTime(Date.parse(iso), now, language),
    clock: (iso) => clockTime(new Date(iso), new Date(), zone, language),
    full: (iso) => fullTime(new Date(iso), zone, language),
    exact: (iso) => isoTime(new Date(iso), zone),
  };
}
