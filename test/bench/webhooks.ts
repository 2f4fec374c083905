interface Api {
  readonly httpUrl: string;
  readonly adminKey: string;
}

/** A webhook to create: where it points, and the one channel it takes. */
export interface Target {
  readonly url: string;
  readonly channelId: string;
}

const CONCURRENCY = 16;

/** Creates signed webhooks over the API, several at a time. Answers their ids, in the order of the targets. */
export async function createWebhooks(api: Api, run: string, targets: readonly Target[]): Promise<string[]> {
  const ids: string[] = [];
  await inParallel([...targets.entries()], async ([index, { url, channelId }]) => {
    const body = { name: `bench ${run} ${index}`, url, events: ['order_created'], signing: true, channelId };
    ids[index] = (await call<{ id: string }>(api, 'POST', '/v1/webhooks', body)).id;
  });
  return ids;
}

export async function deleteWebhooks(api: Api, ids: readonly string[]): Promise<void> {
  await inParallel(ids, (id) => call(api, 'DELETE', `/v1/webhooks/${id}`));
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

/** Calls the management API. @throws Error when the answer is not 2xx */
export async function call<T>(api: Api, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(api.httpUrl + path, {
    method,
    headers: { authorization: `Bearer ${api.adminKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.status === 429) {
    // Setting up is no part of what is measured: it goes as fast as the key may.
    await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get('retry-after')) * 1000));
    return call(api, method, path, body);
  }
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
