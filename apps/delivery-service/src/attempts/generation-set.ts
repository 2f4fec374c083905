export interface GenerationLimits {
  readonly rememberMs: number;
  readonly generationSize: number;
  readonly generations: number;
}

/** A set that forgets: whole generations at a time, once they are old enough or too many. */
export class GenerationSet {
  /** The newest first; never empty. */
  private generations: { readonly since: number; readonly keys: Set<string> }[];

  constructor(
    private readonly limits: GenerationLimits,
    now: number,
  ) {
    this.generations = [{ since: now, keys: new Set() }];
  }

  has(key: string): boolean {
    return this.generations.some(({ keys }) => keys.has(key));
  }

  /** @param now milliseconds since the epoch */
  add(key: string, now: number): void {
    const { rememberMs, generationSize, generations } = this.limits;
    const [newest] = this.generations;
    if (now - newest!.since >= rememberMs || newest!.keys.size >= generationSize) {
      // A generation ended when the one before it in this list began.
      const kept = this.generations.filter((_generation, i) => i === 0 || now - this.generations[i - 1]!.since < rememberMs);
      this.generations = [{ since: now, keys: new Set() }, ...kept.slice(0, generations - 1)];
    }
    this.generations[0]!.keys.add(key);
  }
}
