/** Who calls, as every feature sees it. The account comes from the key, never from a request. */
export interface Principal {
  readonly accountId: string;
  /** As recorded with what the caller changes, such as `admin`. */
  readonly actor: string;
}
