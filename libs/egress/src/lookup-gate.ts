const MAX_OPEN = 2000;
const MAX_OPEN_PER_ZONE = 100;

/**
 * Bounds the look-ups under way: in all, and for the names under one registered domain, so that a domain whose name
 * servers are silent waits in its own line and leaves the others their share. Waiters go first come, first served within
 * their domain; whoever gives up waiting takes no place.
 */
export class LookupGate {
  private open = 0;
  private readonly zones = new Map<string, { open: number; readonly waiting: (() => boolean)[] }>();

  constructor(
    private readonly max = MAX_OPEN,
    private readonly maxPerZone = MAX_OPEN_PER_ZONE,
  ) {}

  /**
   * Runs a look-up when there is a place for it.
   * @param start begins it, or tells by `undefined` that nobody waits for it any more
   */
  enter(hostname: string, start: () => Promise<unknown> | undefined): void {
    const zone = zoneOf(hostname);
    let line = this.zones.get(zone);
    if (!line) this.zones.set(zone, (line = { open: 0, waiting: [] }));
    line.waiting.push(() => this.run(zone, start));
    this.admit(zone);
  }

  private run(zone: string, start: () => Promise<unknown> | undefined): boolean {
    const lookup = start();
    if (!lookup) return false;
    const line = this.zones.get(zone)!;
    this.open += 1;
    line.open += 1;
    const leave = (): void => {
      this.open -= 1;
      line.open -= 1;
      this.admit(zone);
      if (this.open === this.max - 1) for (const other of [...this.zones.keys()]) this.admit(other);
    };
    lookup.then(leave, leave);
    return true;
  }

  private admit(zone: string): void {
    const line = this.zones.get(zone);
    if (!line) return;
    while (line.waiting.length > 0 && line.open < this.maxPerZone && this.open < this.max) line.waiting.shift()!();
    if (line.open === 0 && line.waiting.length === 0) this.zones.delete(zone);
  }
}

// The last two labels. Under a public suffix of two labels, such as `co.uk`, strangers share a line: slower, never wrong.
function zoneOf(hostname: string): string {
  return hostname.split('.').slice(-2).join('.');
}
