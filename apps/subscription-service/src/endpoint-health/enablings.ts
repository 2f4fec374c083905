/** When webhooks were enabled; an abstract class so that it is its own injection token. */
export abstract class Enablings {
  /**
   * Milliseconds since the epoch; undefined when the webhook was never enabled since it was created.
   * @throws AppError `DATABASE_UNAVAILABLE`
   */
  abstract lastOf(webhookId: string): Promise<number | undefined>;
}
