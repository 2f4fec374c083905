import { afterEach, describe, expect, it } from '@jest/globals';
import { closesResources, type WebhookReceiver } from '#libs/testing';
import { parseEgressPolicy } from './egress-policy.js';
import { Answers, client, failure, local, post, receiver, response, strict } from './testing-support/clients.js';
import { rawServer } from './testing-support/raw-server.js';

closesResources();

describe('EgressClient as a guard', () => {
  let reached: WebhookReceiver | undefined;
  afterEach(() => expect(reached?.requests ?? []).toHaveLength(0));

  it.each(['127.0.0.1', '127.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'])(
    'opens no connection to %s when nothing is allowed',
    async (host) => {
      let connections = 0;
      const server = await rawServer(() => void connections++);
      const url = server.url.replace('127.0.0.1', host);
      expect(failure(await client({ policy: strict }).send(post(url)))).toMatchObject({
        errorClass: 'policy',
        address: null,
      });
      expect(connections).toBe(0);
    },
  );

  it('does not tell what a refused name leads to', async () => {
    reached = await receiver();
    const one = client({ policy: strict, resolver: new Answers([['127.0.0.1']]) });
    const result = failure(await one.send(post(`http://receiver.example:${reached.port}/`)));
    expect(result).toMatchObject({ errorClass: 'policy', message: 'the host leads to an address that webhooks may not reach' });
    expect(JSON.stringify(result)).not.toContain('127.0.0.1');
  });

  it('refuses a name when one of its addresses is refused', async () => {
    reached = await receiver();
    const one = client({ policy: local, resolver: new Answers([['127.0.0.1', '10.0.0.5']]) });
    expect(failure(await one.send(post(`http://receiver.example:${reached.port}/`)))).toMatchObject({ errorClass: 'policy' });
  });

  it('looks a name up once per connection and connects to that answer, so that a change in between leads nowhere', async () => {
    const server = await receiver((_request, answer) => answer.setHeader('connection', 'close').end());
    const names = new Answers([['127.0.0.1'], ['10.0.0.5']]);
    const one = client({ resolver: names });
    const url = `http://receiver.example:${server.port}/`;
    expect(response(await one.send(post(url))).address).toBe('127.0.0.1');
    expect(names.asked).toBe(1);
    expect(failure(await one.send(post(url)))).toMatchObject({ errorClass: 'policy' });
    expect(server.requests).toHaveLength(1);
  });

  it('classes what goes wrong with names and handshakes by phase', async () => {
    const missing = client({ resolver: new Answers([[]]) });
    expect(failure(await missing.send(post('http://receiver.example/')))).toMatchObject({
      errorClass: 'dns',
      message: 'receiver.example has no address',
    });
    const silent = client({ resolver: new Answers(['silence']), connectTimeoutMs: 100 });
    expect(failure(await silent.send(post('http://receiver.example/')))).toMatchObject({ errorClass: 'dns' });
    expect(failure(await silent.send(post('http://receiver.example/', { timeoutMs: 50 })))).toMatchObject({ errorClass: 'dns' });
    const stalled = await rawServer(() => undefined);
    const secure = stalled.url.replace('http:', 'https:');
    expect(failure(await client({ connectTimeoutMs: 100 }).send(post(secure)))).toMatchObject({ errorClass: 'tls' });
    const plain = await receiver();
    expect(failure(await client().send(post(plain.url().replace('http:', 'https:'))))).toMatchObject({ errorClass: 'tls' });
  });

  it('refuses http at each attempt where the deployment wants https only', async () => {
    reached = await receiver();
    const one = client({ policy: parseEgressPolicy('127.0.0.0/8', true) });
    expect(failure(await one.send(post(reached.url())))).toMatchObject({ errorClass: 'policy', address: null });
  });

  // A socket to 0.0.0.0 ends at 127.0.0.1: an address that was vetted and another that was reached.
  it('sends nothing to an address that was not vetted, wherever the system led the connection', async () => {
    reached = await receiver();
    const one = client({ policy: parseEgressPolicy('0.0.0.0/8', false) });
    const result = failure(await one.send(post(`http://0.0.0.0:${reached.port}/`)));
    expect(result).toMatchObject({ errorClass: 'policy', address: null });
    expect(JSON.stringify(result)).not.toContain('127.0.0.1');
  });

  it('answers alike whether something listens behind what it refuses or not, and for every refused address of a name', async () => {
    reached = await receiver();
    const seen = new Set<string>();
    for (const address of ['127.0.0.1', '10.0.0.5', '169.254.169.254', '::1', 'fd00::1']) {
      for (const port of [reached.port, 65_535]) {
        const one = client({ policy: strict, resolver: new Answers([[address]]) });
        const { timings: _timings, ...rest } = failure(await one.send(post(`http://receiver.example:${port}/`)));
        seen.add(JSON.stringify(rest));
      }
    }
    expect([...seen]).toHaveLength(1);
    const literal = client({ policy: strict });
    const words = await Promise.all([reached.port, 1024, 65_535].map((port) => literal.send(post(`http://127.0.0.1:${port}/`))));
    expect(new Set(words.map((result) => failure(result).message))).toEqual(new Set(['127.0.0.1 is a loopback address']));
  });
});
