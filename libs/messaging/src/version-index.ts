/** What applying a record changed. `previous` is known only where values are kept. */
export interface Change<T> {
  readonly id: string;
  readonly current: T | undefined;
  readonly previous: T | undefined;
}

interface Entry<T> {
  readonly version: number;
  readonly value: T | undefined;
}

const MOST_TOMBSTONES = 10_000;

/**
 * The newest state of each id. Records may come again and older ones after newer ones: only a higher version counts, and
 * a deleted id stays deleted for every version that is not higher than its tombstone's. Tombstones are remembered for
 * re-reads only, which repeat records in their order, so the oldest may be forgotten. Pure.
 */
export class VersionIndex<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #tombstones = new Map<string, number>();

  /** @param keep false keeps versions only, for a caller that builds an index of its own */
  constructor(private readonly keep: boolean) {}

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): T | undefined {
    return this.#entries.get(id)?.value;
  }

  *values(): Generator<T> {
    for (const { value } of this.#entries.values()) if (value !== undefined) yield value;
  }

  /** @returns what changed, or undefined when the state is not newer than what is known */
  set(id: string, version: number, value: T): Change<T> | undefined {
    const known = this.#entries.get(id);
    if (version <= (known?.version ?? this.#tombstones.get(id) ?? -Infinity)) return undefined;
    this.#tombstones.delete(id);
    this.#entries.set(id, { version, value: this.keep ? value : undefined });
    return { id, current: value, previous: known?.value };
  }

  /** @param version of the deletion; undefined when the tombstone does not tell, which deletes whatever is known */
  delete(id: string, version: number | undefined): Change<T> | undefined {
    const known = this.#entries.get(id);
    if (known && version !== undefined && version < known.version) return undefined;
    this.#remember(id, Math.max(version ?? known?.version ?? 0, this.#tombstones.get(id) ?? 0));
    if (!known) return undefined;
    this.#entries.delete(id);
    return { id, current: undefined, previous: known.value };
  }

  #remember(id: string, version: number): void {
    this.#tombstones.delete(id);
    this.#tombstones.set(id, version);
    if (this.#tombstones.size > MOST_TOMBSTONES) this.#tombstones.delete(this.#tombstones.keys().next().value!);
  }
}
