/** What `/webhooks/new` begins with: a webhook to copy, or an event that is chosen already. */
export interface NewWebhookSearch {
  readonly from?: string;
  readonly event?: string;
}

export function newWebhookSearch({ from, event }: Readonly<Record<string, unknown>>): NewWebhookSearch {
  return {
    ...(typeof from === 'string' && from !== '' ? { from } : {}),
    ...(typeof event === 'string' && event !== '' ? { event } : {}),
  };
}
