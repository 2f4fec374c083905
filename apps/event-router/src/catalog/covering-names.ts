import type { Catalog } from '#libs/catalog';

/**
 * Under which names webhooks subscribe to an event of a type. Asked for every event and rarely another, so it is kept
 * until the catalog changes; types that the catalog lacks are not, for anybody can make them up.
 */
export class CoveringNames {
  private readonly byType = new Map<string, readonly string[]>();

  constructor(private readonly catalog: Pick<Catalog, 'coveringNames' | 'isKnown'>) {}

  /** The type itself, the combined types it is in, its module's `<module>:*` and `*`. */
  of(type: string): readonly string[] {
    const known = this.byType.get(type);
    if (known) return known;
    const names = this.catalog.coveringNames(type);
    if (this.catalog.isKnown(type)) this.byType.set(type, names);
    return names;
  }

  /** To be called after every change of the catalog. */
  forget(): void {
    this.byType.clear();
  }
}
