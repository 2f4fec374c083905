import { type ServerSentEvent, SseParser } from './sse-parser';

export type LiveState = 'connecting' | 'live' | 'waiting' | 'refused';

export interface LiveStreamOptions {
  readonly url: string;
  /** Asked for with each try, so that a changed key is used. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly onEvent: (event: ServerSentEvent) => void;
  readonly onState: (state: LiveState) => void;
  readonly fetch?: typeof fetch;
  /** The server's heartbeat comes every 15 s: a stream that is silent for three of them is broken. */
  readonly silenceMs?: number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * A stream of server-sent events that heals: it is opened again when it ends, breaks or falls silent, and resumes behind the last
 * event that arrived. By fetch, since EventSource cannot send the key in a header and an address is no place for it.
 */
export class LiveStream {
  private readonly stopped = new AbortController();
  private lastId: string | undefined;
  private failures = 0;
  private retryMs = FIRST_WAIT_MS;

  constructor(private readonly options: LiveStreamOptions) {}

  /** Runs until it is stopped or refused for good. Never throws. */
  async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.options.onState(this.failures === 0 && this.lastId === undefined ? 'connecting' : 'waiting');
      const goOn = await this.readOnce().catch(() => true);
      if (this.stopped.signal.aborted) return;
      if (!goOn) return this.options.onState('refused');
      this.options.onState('waiting');
      const wait = Math.min(this.retryMs * 2 ** this.failures, LONGEST_WAIT_MS);
      this.failures += 1;
      await (this.options.wait ?? waited)(wait, this.stopped.signal);
    }
  }

  stop(): void {
    this.stopped.abort();
  }

  /** @returns whether another try makes sense */
  private async readOnce(): Promise<boolean> {
    const { url, headers, silenceMs = SILENCE_MS } = this.options;
    const silent = new AbortController();
    const signal = AbortSignal.any([this.stopped.signal, silent.signal]);
    let watchdog = setTimeout(() => silent.abort(), silenceMs);
    try {
      const asked = new Headers({ ...headers(), accept: 'text/event-stream' });
      if (this.lastId !== undefined) asked.set('last-event-id', this.lastId);
      const response = await (this.options.fetch ?? fetch)(url, { headers: asked, signal, cache: 'no-store' });
      if (!response.ok || !response.body) return response.status === 429 || response.status >= 500;
      this.failures = 0;
      this.options.onState('live');
      const parser = new SseParser();
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => silent.abort(), silenceMs);
        for (const event of parser.push(decoder.decode(read.value, { stream: true }))) this.take(event);
        this.retryMs = parser.retryMs ?? this.retryMs;
      }
      return true;
    } finally {
      clearTimeout(watchdog);
    }
  }

  private take(event: ServerSentEvent): void {
    this.lastId = event.id ?? this.lastId;
    if (!this.stopped.signal.aborted) this.options.onEvent(event);
  }
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
