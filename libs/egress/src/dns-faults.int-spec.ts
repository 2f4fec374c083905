import { describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources } from '#libs/testing';
import { DnsResolver } from './dns-resolver.js';
import { client, failure, local, post, receiver, response, strict } from './testing-support/clients.js';
import { nameServer, type NameAnswer } from './testing-support/name-server.js';
import { checkWebhookUrl } from './webhook-url.js';

closesResources();

const PUBLIC = '93.184.216.34';
const REFUSED = 'the host leads to an address that webhooks may not reach';

/** A client that asks a name server of its own; a name may be asked again at once, as if each answer's time were over. */
async function asking(zone: Parameters<typeof nameServer>[0], policy = local) {
  const server = await nameServer(zone);
  const resolver = new DnsResolver([server.address], 1000);
  closeAfterTest(() => resolver.close());
  const forget = (): void => (resolver as unknown as { entries: Map<string, unknown> }).entries.clear();
  return { server, resolver, forget, one: client({ resolver, policy, connectTimeoutMs: 1500 }) };
}

describe('a name that changes its mind', () => {
  it('leads to what was vetted on save and is vetted anew on each connection', async () => {
    const inside = await receiver();
    const { one, resolver, forget, server } = await asking(
      {
        'rebind.example': [
          { a: [PUBLIC], ttl: 0 },
          { a: ['127.0.0.1'], ttl: 0 },
        ],
      },
      strict,
    );
    const url = `http://rebind.example:${inside.port}/`;
    expect(await checkWebhookUrl(url, strict, resolver)).toMatchObject({ ok: true });
    forget();
    expect(failure(await one.send(post(url)))).toMatchObject({ errorClass: 'policy', message: REFUSED, address: null });
    expect(inside.requests).toHaveLength(0);
    expect(server.questions.filter((question) => question.endsWith('/A'))).toHaveLength(2);
  });

  it('is asked once per connection: what it says between vetting and connecting has no effect', async () => {
    const allowed = await receiver((_request, answer) => answer.setHeader('connection', 'close').end());
    const { one, forget, server } = await asking({
      'rebind.example': [
        { a: ['127.0.0.1'], ttl: 0 },
        { a: ['10.0.0.5'], ttl: 0 },
      ],
    });
    const url = `http://rebind.example:${allowed.port}/`;
    expect(response(await one.send(post(url))).address).toBe('127.0.0.1');
    expect(server.questions).toEqual(['rebind.example/A', 'rebind.example/AAAA']);
    forget();
    expect(failure(await one.send(post(url)))).toMatchObject({ errorClass: 'policy' });
  });

  it('is held to its answer for a second though it claims none at all, and no longer than a minute though it claims a year', async () => {
    const { resolver, server } = await asking({
      'zero.example': { a: [PUBLIC], ttl: 0 },
      'year.example': { a: [PUBLIC], ttl: 31_536_000 },
    });
    const entries = (resolver as unknown as { entries: Map<string, { expiresAt: number }> }).entries;
    for (const [name, atLeast, atMost] of [
      ['zero.example', 500, 1000],
      ['year.example', 59_000, 60_000],
    ] as const) {
      for (let i = 0; i < 5; i++) await resolver.resolve(name);
      const left = entries.get(name)!.expiresAt - performance.now();
      expect(left > atLeast && left <= atMost).toBe(true);
    }
    expect(server.questions).toHaveLength(4);
  });

  it('is asked again once its time is over, with no second cache behind ours', async () => {
    const { resolver, forget, server } = await asking({ 'a.example': { a: [PUBLIC], ttl: 3600 } });
    for (let i = 0; i < 3; i++) {
      await resolver.resolve('a.example');
      forget();
    }
    expect(server.questions.filter((question) => question.endsWith('/A'))).toHaveLength(3);
  });
});

describe('a name with several answers', () => {
  it.each<[string, NameAnswer]>([
    ['a private address after a public one', { a: [PUBLIC, '10.0.0.5'] }],
    ['a private address before a public one', { a: ['10.0.0.5', PUBLIC] }],
    ['a private address of the other family', { a: [PUBLIC], aaaa: ['fd00::5'] }],
    ['a mapped one', { a: [PUBLIC], aaaa: ['::ffff:10.0.0.5'] }],
    ['one behind NAT64', { aaaa: ['64:ff9b::a00:5'] }],
    ['a metadata address', { a: [PUBLIC, '169.254.169.254'] }],
    ['nothing but the unspecified address', { a: ['0.0.0.0'], aaaa: ['::'] }],
    ['an alias of a private name', { cname: ['alias.example', 'db.internal.example'], a: ['10.0.0.5'] }],
  ])('is refused for one that may not be reached: %s', async (_name, answer) => {
    const { one, resolver } = await asking({ 'mixed.example': answer });
    expect(failure(await one.send(post('http://mixed.example/')))).toMatchObject({ errorClass: 'policy', message: REFUSED, address: null });
    expect(await checkWebhookUrl('http://mixed.example/', strict, resolver)).toMatchObject({ ok: false, message: REFUSED });
  });

  it('leads through a chain of aliases to what is in order', async () => {
    const inside = await receiver();
    const { one } = await asking({ 'chain.example': { cname: ['b.example', 'c.example', 'd.example'], a: ['127.0.0.1'] } });
    expect(response(await one.send(post(`http://chain.example:${inside.port}/`))).status).toBe(200);
  });

  it.each([
    [64, true],
    [65, false],
    [2000, false],
  ] as const)('with %i addresses is in order: %s', async (count, inOrder) => {
    const a = Array.from({ length: count }, (_, index) => `93.184.${index >> 8}.${index & 255}`);
    const { resolver } = await asking({ 'huge.example': { a } });
    const resolved = resolver.resolve('huge.example');
    if (inOrder) expect([...(await resolved)].sort()).toEqual([...a].sort());
    else await expect(resolved).rejects.toMatchObject({ reason: 'unavailable' });
  });
});

describe('a name server that fails', () => {
  const NO_ADDRESS = 'faulty.example has no address';
  const NOT_ASKED = 'the address of faulty.example could not be looked up';
  it.each<[string, NameAnswer, string, boolean]>([
    ['NXDOMAIN', { rcode: 3 }, NO_ADDRESS, true],
    ['no records', {}, NO_ADDRESS, true],
    ['an alias that leads nowhere', { cname: ['gone.example'] }, NO_ADDRESS, true],
    ['SERVFAIL', { rcode: 2 }, NOT_ASKED, false],
    ['REFUSED', { rcode: 5 }, NOT_ASKED, false],
    ['silence', 'silent', NOT_ASKED, false],
    ['garbage', 'garbage', NOT_ASKED, false],
  ])('is a failure of class dns that tells whether the name is missing: %s', async (_name, answer, message, nameMissing) => {
    const { one } = await asking({ 'faulty.example': answer });
    const result = failure(await one.send(post('http://faulty.example/')));
    expect(result).toMatchObject({ errorClass: 'dns', message, nameMissing, address: null });
  });

  it('leaves everybody else alone while hundreds of its names are silent', async () => {
    const inside = await receiver();
    const silent = Array.from({ length: 300 }, (_, index) => `n${index}.silent.example`);
    const zone: Record<string, NameAnswer> = { 'quick.example.org': { a: ['127.0.0.1'] } };
    for (const name of silent) zone[name] = 'silent';
    const { one, resolver, server } = await asking(zone);
    let ended = 0;
    const waiting = silent.map((name) => one.send(post(`http://${name}/`)).finally(() => ended++));
    response(await one.send(post(`http://quick.example.org:${inside.port}/`)));
    expect(ended).toBeLessThan(silent.length);
    for (const result of await Promise.all(waiting)) expect(failure(result).errorClass).toBe('dns');
    const asked = new Set(server.questions.filter((question) => question.includes('silent')));
    expect(asked.size).toBeLessThanOrEqual(2 * 100);
    await expect(resolver.resolve('quick.example.org')).resolves.toEqual(['127.0.0.1']);
  });

  it('does not make the memory of names grow without end', async () => {
    const server = await nameServer({});
    const resolver = new DnsResolver([server.address]);
    const entries = (resolver as unknown as { entries: Map<string, unknown> }).entries;
    for (let i = 0; i < 10_050; i++) await resolver.resolve(`n${i}.localhost`);
    expect(entries.size).toBe(10_000);
  });
});
