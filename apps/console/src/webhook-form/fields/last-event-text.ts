import type { PastEventDetail } from '../../api';

/** A past event as the one to try a filter on; undefined when its data is not there any more, or is no JSON. */
export function lastEventText({ type, channelId, time, context, data }: PastEventDetail): string | undefined {
  if (data === null) return undefined;
  try {
    const read = (json: string): unknown => JSON.parse(json);
    const shown = { type, channelId: channelId ?? undefined, time, context: context === null ? undefined : read(context) };
    return JSON.stringify({ ...shown, data: read(data) }, null, 2);
  } catch {
    return undefined;
  }
}
