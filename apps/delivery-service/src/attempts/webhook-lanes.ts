interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * How many attempts of one webhook are under way at once. A webhook that does not answer fills its own lane and no
 * other; what exceeds the lane waits here, in the order it came, held by the consumer's window. A lane exists only
 * while it has work.
 */
export class WebhookLanes {
  private readonly lanes = new Map<string, Lane>();

  /** @param limit attempts of one webhook at once */
  constructor(private readonly limit: number) {}

  /** Runs the work once the webhook's lane has room. */
  async run<T>(webhookId: string, work: () => Promise<T>): Promise<T> {
    let lane = this.lanes.get(webhookId);
    if (!lane) this.lanes.set(webhookId, (lane = { running: 0, waiting: [] }));
    if (lane.running >= this.limit) await new Promise<void>((resolve) => lane.waiting.push(resolve));
    else lane.running += 1;
    try {
      return await work();
    } finally {
      this.leave(webhookId, lane);
    }
  }

  /** Lanes that have work now. */
  get size(): number {
    return this.lanes.size;
  }

  private leave(webhookId: string, lane: Lane): void {
    const next = lane.waiting.shift();
    // The place goes to the next one in line, so nobody who arrives meanwhile overtakes.
    if (next) next();
    else if (--lane.running === 0) this.lanes.delete(webhookId);
  }
}
