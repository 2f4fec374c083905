/** An event as a preview shows it being sent. Data and context are JSON texts, since the bytes of both travel as published. */
export interface PreviewEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly accountId: string;
  readonly channelId: string | null;
  /** RFC 3339. */
  readonly time: string;
  readonly context: string | null;
  readonly data: string;
}

/** The sample of an event type, as its own service would publish it. */
export function sampleEvent(type: string, sample: unknown, given: Partial<PreviewEvent> = {}): PreviewEvent {
  return {
    id: 'evt_01k9zq3v5r8w2y4x6z7a9b1c3d',
    source: '/sample',
    type,
    accountId: 'default',
    channelId: null,
    time: '2026-11-20T12:00:00.000Z',
    context: null,
    data: JSON.stringify(sample) ?? 'null',
    ...given,
  };
}
