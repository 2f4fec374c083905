import { parseJson, type JsonValue } from './json-value.js';

/** The event that a filter is asked about. */
export interface FilterEvent {
  readonly type: string;
  readonly accountId: string;
  readonly channelId?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** JSON, unless `dataIsText` says that it is any text. */
  readonly data: Buffer;
  readonly dataIsText?: boolean;
  /** JSON text. */
  readonly context?: string | undefined;
}

/**
 * An event as the variables of the language. Data and context are parsed when the first filter asks for them, once for
 * all filters of the event. The name `type` means a function to the library, so that the variable has another one there.
 */
export class FilterInput {
  private parsedTime: Date | undefined;
  private parsedData: { readonly value: JsonValue } | undefined;
  private parsedContext: { readonly value: JsonValue } | undefined;

  constructor(private readonly event: FilterEvent) {}

  get event_type(): string {
    return this.event.type;
  }

  get accountId(): string {
    return this.event.accountId;
  }

  /** Empty when the event has none: no channel is named so. */
  get channelId(): string {
    return this.event.channelId ?? '';
  }

  get time(): Date {
    return (this.parsedTime ??= new Date(this.event.time));
  }

  /** @throws SyntaxError when it is not JSON though it should be */
  get data(): JsonValue {
    const text = () => this.event.data.toString('utf8');
    this.parsedData ??= { value: this.event.dataIsText ? text() : parseJson(text()) };
    return this.parsedData.value;
  }

  /** `null` when the event has none. @throws SyntaxError when it is not JSON */
  get context(): JsonValue {
    const { context } = this.event;
    this.parsedContext ??= { value: context === undefined ? null : parseJson(context) };
    return this.parsedContext.value;
  }
}
