/** What a key may do. `admin` implies all of them. */
export const SCOPES = ['webhooks:read', 'webhooks:write', 'events:write', 'deliveries:read', 'deliveries:redeliver', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

export function mayUse(scopes: ReadonlySet<Scope>, needed: Scope): boolean {
  return scopes.has(needed) || scopes.has('admin');
}
