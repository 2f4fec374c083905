/** Who owns webhooks. Its id may be chosen: upstream events name it. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly ownerEmail: string | null;
  readonly roles: readonly string[];
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
