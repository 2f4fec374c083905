interface Api {
  readonly httpUrl: string;
  readonly adminKey: string;
}

/** Creates signed webhooks that all point at the receiver; `channel` of each, or none. Answers their ids. */
export async function createWebhooks(api: Api, port: number, run: string, channels: readonly (string | null)[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, channelId] of channels.entries()) {
    const webhook = await call<{ id: string }>(api, 'POST', '/v1/webhooks', {
      name: `bench ${run} ${index}`,
      url: `http://127.0.0.1:${port}/hook`,
      events: ['order_created'],
      signing: true,
      ...(channelId === null ? {} : { channelId }),
    });
    ids.push(webhook.id);
  }
  return ids;
}

export async function deleteWebhooks(api: Api, ids: readonly string[]): Promise<void> {
  for (const id of ids) await call(api, 'DELETE', `/v1/webhooks/${id}`);
}

async function call<T>(api: Api, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(api.httpUrl + path, {
    method,
    headers: { authorization: `Bearer ${api.adminKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
