import type { Dispatcher } from 'undici';
import type { Connection } from './connection.js';
import { EgressFault, exchangeFault, isDisconnect, isHeadersOverflow } from './egress-fault.js';
import type { EgressAnswer, EgressResult, EgressTimings } from './egress-result.js';
import { KeptBody } from './kept-body.js';

/** More interim (1xx) responses than any protocol has a use for. */
const MAX_INTERIM = 16;
const MAX_HEADERS = 256;
/**
 * Of one answer over the wire, interim responses and framing included. Status lines, white space and the extensions of
 * chunks become neither headers nor body, so that their limits do not see them; only a count of bytes ends such a flood.
 */
const MAX_WIRE_BYTES = 262_144;

const OVER = new EgressFault('timeout', 'the request is over');

/** A client of one connection at a time. */
export interface Carrier {
  readonly connection: Connection;
  /** The request that is on its connection now. */
  exchange: Exchange | undefined;
}

/**
 * One request on its way through undici, as the handler of its events; settles exactly once. It works below
 * `undici.request` because that makes a stream, a promise and an async resource per response that nobody here reads.
 * States: waiting for a connection (no controller) → sent → answered → settled. What arrives after settling is ignored;
 * when the deadline strikes while waiting, the request is withdrawn at the moment a connection would take it.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  /** Set by the client that queues the request, before anything else happens to it. */
  carrier: Carrier | undefined;
  private used: Connection | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private settled = false;
  private reused = false;
  private repeated = false;
  private readonly startedAt = performance.now();
  private firstByteAt: number | null = null;
  private interim = 0;
  private status = 0;
  private headers: Record<string, string | string[]> = {};
  private wireBytesBefore = 0;
  private readonly body = new KeptBody();
  private readonly deadline: NodeJS.Timeout;

  /** @param repeat sends the request again on a fresh connection */
  constructor(
    private readonly timeoutMs: number,
    private readonly settle: (result: EgressResult) => void,
    private readonly repeat: (exchange: Exchange) => void,
  ) {
    // A plain timer each: Node keeps timers of one duration in one list, 0.2 µs to set and clear.
    this.deadline = setTimeout(expire, timeoutMs, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Throwing withdraws the request and leaves the connection to the next one; aborting would close it.
    if (this.settled) throw OVER;
    this.controller = controller;
    if (!this.carrier) return;
    this.carrier.exchange = this;
    this.used = this.carrier.connection;
    this.reused = this.used.served++ > 0;
    this.wireBytesBefore = this.used.wireBytes;
  }

  /** Bytes have come on the connection. */
  onWireBytes(): void {
    if (this.settled || (this.used?.wireBytes ?? 0) - this.wireBytesBefore <= MAX_WIRE_BYTES) return;
    this.end(this.status === 0 ? this.failure(new EgressFault('protocol', 'the response is too long')) : this.response(true));
    this.controller?.abort(OVER);
  }

  onResponseStarted(): void {
    this.firstByteAt ??= performance.now();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (this.settled) return;
    if (countHeaders(headers) > MAX_HEADERS) {
      this.end(this.failure(new EgressFault('protocol', `the response has more than ${MAX_HEADERS} headers`)));
      controller.abort(OVER);
    } else if (status >= 200) {
      this.status = status;
      this.headers = headers as Record<string, string | string[]>;
    } else if (++this.interim > MAX_INTERIM) {
      this.end(this.failure(new EgressFault('protocol', 'too many interim responses')));
      controller.abort(OVER);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.settled) return;
    if (this.body.add(chunk)) return;
    this.end(this.response(true));
    controller.abort(OVER);
  }

  onResponseEnd(): void {
    this.end(this.response(false));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.settled) return;
    if (this.isStale(error)) {
      this.repeated = true;
      this.controller = undefined;
      this.used = undefined;
      this.repeat(this);
      return;
    }
    // Headers that overflow after the headers of the answer are trailers, which nobody asked for.
    const answered = this.status !== 0 && isHeadersOverflow(error);
    this.end(answered ? this.response(true) : this.failure(exchangeFault(error)));
  }

  /** The total deadline has passed. */
  expire(): void {
    this.end(this.failure(this.deadlineFault()));
    this.controller?.abort(OVER);
  }

  // Until the request is written the carrier's connection may still change; afterwards it is the one it was written to.
  private get connection(): Connection | undefined {
    return this.used ?? this.carrier?.connection;
  }

  // A kept connection that the receiver closed just as the request was on its way: it most likely never read it, and
  // if it did, the repeat carries the same webhook-id, which is all that at-least-once delivery promises.
  private isStale(error: Error): boolean {
    return this.reused && !this.repeated && this.firstByteAt === null && isDisconnect(error);
  }

  private deadlineFault(): EgressFault {
    const within = `within ${this.timeoutMs} ms`;
    if (this.controller !== undefined) {
      return new EgressFault('timeout', this.status === 0 ? `no response ${within}` : `the response did not end ${within}`);
    }
    const phase = this.connection?.phase ?? 'open';
    if (phase === 'dns') return new EgressFault('dns', `the name was not resolved ${within}`);
    if (phase === 'connect') return new EgressFault('connect', `no connection ${within}`);
    if (phase === 'tls') return new EgressFault('tls', `the TLS handshake was not finished ${within}`);
    return new EgressFault('timeout', `no connection became free ${within}`);
  }

  private response(truncated: boolean): EgressResult {
    return { kind: 'response', ...this.answer(truncated), timings: this.timings(), address: this.connection?.address ?? null };
  }

  private failure(fault: EgressFault): EgressResult {
    return {
      kind: 'failure',
      errorClass: fault.failureClass,
      message: fault.message,
      nameMissing: fault.nameMissing,
      timings: this.timings(),
      address: this.connection?.address ?? null,
      partial: this.status === 0 ? null : this.answer(true),
    };
  }

  private answer(truncated: boolean): EgressAnswer {
    return { status: this.status, headers: this.headers, body: this.body.bytes, truncated };
  }

  private timings(): EgressTimings {
    const made = this.reused ? undefined : this.connection;
    const since = (at: number | null | undefined): number | null => (at == null ? null : Math.max(0, at - this.startedAt));
    return {
      dns: since(made?.resolvedAt),
      connect: since(made?.connectedAt),
      tls: since(made?.securedAt),
      firstByte: since(this.firstByteAt),
      total: performance.now() - this.startedAt,
    };
  }

  private end(result: EgressResult): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.deadline);
    if (this.carrier?.exchange === this) this.carrier.exchange = undefined;
    this.settle(result);
  }
}

function countHeaders(headers: Record<string, string | string[] | undefined>): number {
  let count = 0;
  for (const name in headers) count += Array.isArray(headers[name]) ? headers[name].length : 1;
  return count;
}

function expire(exchange: Exchange): void {
  exchange.expire();
}
