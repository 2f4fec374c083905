/** The entity tag of a version of a resource: of what its owner set, not of what comes and goes by itself, such as the `lastEvent` of a webhook. */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/**
 * The versions that an `If-Match` header accepts; undefined: any, because there is no header or it says `*`.
 * A tag that this API never gave out matches no version. A weak one counts as what it was before a proxy that compresses made it weak.
 */
export function versionsOf(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  return [...ifMatch.matchAll(/(?:^|[\s,])(?:W\/)?"(\d{1,10})"(?=$|[\s,])/g)].map((match) => Number(match[1]));
}
