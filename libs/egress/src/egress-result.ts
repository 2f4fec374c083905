/** What can go wrong below HTTP; names as in the public attempt records. */
export type FailureClass = 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'policy' | 'protocol';

/** Milliseconds from the start of the request; `null` for a phase that was not reached or, on a kept connection, not needed. */
export interface EgressTimings {
  readonly dns: number | null;
  readonly connect: number | null;
  readonly tls: number | null;
  readonly firstByte: number | null;
  readonly total: number;
}

export interface EgressRequest {
  readonly method: string;
  /** The absolute URL, as `checkWebhookUrl` returned it, query included. */
  readonly url: string;
  /** Names and values, alternating, in the order to be sent; `host`, `connection`, `content-length` and `accept-encoding` are the client's. */
  readonly headers: readonly string[];
  readonly body: Buffer | null;
  /** For everything from now to the last byte of the response, in milliseconds. */
  readonly timeoutMs: number;
}

export interface EgressAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** At most 16 KiB, as received: never decompressed. */
  readonly body: Buffer;
  /** The receiver sent more than was kept, or its answer broke off. */
  readonly truncated: boolean;
}

/** What came of a request. A receiver's behaviour is always a result, never an exception. */
export type EgressResult =
  | (EgressAnswer & { readonly kind: 'response'; readonly timings: EgressTimings; readonly address: string | null })
  | {
      readonly kind: 'failure';
      readonly errorClass: FailureClass;
      /** In words; does not tell what lies behind a refused address. */
      readonly message: string;
      /** With class `dns`: the name does not exist, so its owner says; false when nobody could be asked. */
      readonly nameMissing?: boolean;
      readonly timings: EgressTimings;
      /** The address that was, or was to be, connected to. */
      readonly address: string | null;
      /** What had come of an answer before it failed. */
      readonly partial: EgressAnswer | null;
    };
