import type { RpcStream } from './rpc-stream.js';

/** As much as is told at a time, some times over. */
const MOST_WAITING = 1_000;

/**
 * News for one client of a stream. What it does not take waits, to a bound; beyond it news is left out, and the client is
 * told so once it has taken what waited.
 */
export class NewsQueue<T> {
  private waiting: T[] = [];
  private leftOut = false;
  private readonly drained = (): void => this.pump();

  /** @param write hands one on to the call @param leftOutNews told after news was left out */
  constructor(
    private readonly stream: RpcStream,
    private readonly write: (news: T) => void,
    private readonly leftOutNews: T,
    private readonly mostWaiting = MOST_WAITING,
  ) {
    stream.on('drain', this.drained);
  }

  add(news: T): void {
    if (this.leftOut || this.waiting.length >= this.mostWaiting) this.leftOut = true;
    else this.waiting.push(news);
    this.pump();
  }

  close(): void {
    this.stream.off('drain', this.drained);
    this.waiting = [];
  }

  private pump(): void {
    let written = 0;
    while (written < this.waiting.length && !this.stream.writableNeedDrain) this.write(this.waiting[written++]!);
    this.waiting.splice(0, written);
    if (!this.leftOut || this.waiting.length > 0 || this.stream.writableNeedDrain) return;
    this.leftOut = false;
    this.write(this.leftOutNews);
  }
}
