import { compileFilter, FilterFault, type Filter } from '#libs/filters';

export interface CompiledFiltersLimits {
  readonly filters: number;
  /** Characters of all their texts together. A compiled filter takes some 90 bytes for each. */
  readonly characters: number;
}

const DEFAULTS: CompiledFiltersLimits = { filters: 10_000, characters: 250_000 };

/** Compiled filters by their text, since many webhooks may have the same one; those not used for longest are forgotten. */
export class CompiledFilters {
  /** In the order of use, the latest last. */
  private readonly byText = new Map<string, Filter>();
  private characters = 0;

  constructor(private readonly limits = DEFAULTS) {}

  get size(): number {
    return this.byText.size;
  }

  /** One that cannot be compiled, as it was saved by another release, fails for every event. */
  of(text: string): Filter {
    let filter = this.byText.get(text);
    if (filter) this.byText.delete(text);
    else {
      filter = compiledOrFailing(text);
      this.characters += text.length;
    }
    this.byText.set(text, filter);
    for (const oldest of this.byText.keys()) {
      if (this.byText.size <= this.limits.filters && this.characters <= this.limits.characters) break;
      this.byText.delete(oldest);
      this.characters -= oldest.length;
    }
    return filter;
  }
}

function compiledOrFailing(text: string): Filter {
  try {
    return compileFilter(text);
  } catch (error) {
    const failed = `the filter is not valid: ${error instanceof FilterFault ? error.reason : 'it cannot be read'}`;
    return { text, matches: () => ({ failed }) };
  }
}
