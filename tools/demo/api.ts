/** The part of the management API that the demo uses. */
export interface CreatedWebhook {
  readonly id: string;
  readonly secretWhsec: string;
}

export class Api {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  createWebhook(body: object): Promise<CreatedWebhook> {
    return this.call('POST', '/v1/webhooks', body);
  }

  async deleteWebhook(id: string): Promise<void> {
    await this.call('DELETE', `/v1/webhooks/${id}`);
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}
