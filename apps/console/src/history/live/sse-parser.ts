/** One event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** `message` when the stream names none. */
  readonly event: string;
  readonly data: string;
  /** The last one that the stream gave. */
  readonly id: string | undefined;
}

/** Reads a `text/event-stream` as it comes, however it is cut (HTML standard, §9.2.6). What has no end yet waits for it. */
export class SseParser {
  /** After which to open the stream again, if the server said so. */
  retryMs: number | undefined;
  private rest = '';
  private lastId: string | undefined;
  private event = '';
  private data: string[] = [];

  push(chunk: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    this.rest += chunk;
    // A CR at the very end may be the first half of a CR LF.
    const whole = this.rest.endsWith('\r') ? this.rest.slice(0, -1) : this.rest;
    const lines = whole.split(/\r\n|\n|\r/);
    this.rest = lines.pop()! + this.rest.slice(whole.length);
    for (const line of lines) {
      const event = this.line(line);
      if (event) events.push(event);
    }
    return events;
  }

  private line(line: string): ServerSentEvent | undefined {
    if (line === '') return this.dispatch();
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'event') this.event = value;
    if (name === 'data') this.data.push(value);
    if (name === 'id' && !value.includes('\0')) this.lastId = value === '' ? undefined : value;
    if (name === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
    return undefined;
  }

  private dispatch(): ServerSentEvent | undefined {
    const { event, data } = this;
    this.event = '';
    this.data = [];
    return data.length === 0 ? undefined : { event: event || 'message', data: data.join('\n'), id: this.lastId };
  }
}
