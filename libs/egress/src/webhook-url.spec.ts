import { describe, expect, it } from '@jest/globals';
import { AddressResolver, ResolveError } from './address-resolver.js';
import { parseEgressPolicy } from './egress-policy.js';
import { checkWebhookUrl } from './webhook-url.js';

const strict = parseEgressPolicy('', false);
const local = parseEgressPolicy('127.0.0.0/8,::1/128', false);

class Names extends AddressResolver {
  constructor(private readonly names: Record<string, string[]>) {
    super();
  }
  override async resolve(hostname: string): Promise<readonly string[]> {
    const found = this.names[hostname];
    if (!found) throw new ResolveError('not-found', hostname);
    return found;
  }
}

const names = new Names({
  localhost: ['127.0.0.1', '::1'],
  'example.com': ['93.184.216.34', '2606:4700::1111'],
  'inside.example.com': ['10.0.0.5'],
  'mixed.example.com': ['93.184.216.34', '10.0.0.5'],
  'metadata.example.com': ['169.254.169.254'],
  database: ['127.0.0.7'],
  proxy: ['93.184.216.34'],
});

const check = (url: string, policy = strict) => checkWebhookUrl(url, policy, names);

describe('checkWebhookUrl', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://EXAMPLE.com/Hooks?a=1&b=%20', 'https://example.com/Hooks?a=1&b=%20'],
    ['http://example.com:8080/x@y', 'http://example.com:8080/x@y'],
    ['https://bücher.example.com/', 'https://xn--bcher-kva.example.com/'],
    ['https://1.1.1.1:443/', 'https://1.1.1.1/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
    ['https://not-there-yet.example.com/', 'https://not-there-yet.example.com/'],
  ])('accepts %s and keeps %s', async (url, href) => {
    expect(await check(url)).toEqual({ ok: true, href });
  });

  it.each([
    ['https://example.com/\n', 'egress.characters'],
    [' https://example.com/', 'egress.characters'],
    ['https://exa\tmple.com/', 'egress.characters'],
    ['https://example.com\\@10.0.0.5/', 'egress.characters'],
    ['https://example.com/\u0000', 'egress.characters'],
    ['https://example.com/\u2028', 'egress.characters'],
    ['https:\\\\example.com/', 'egress.characters'],
    ['example.com', 'egress.syntax'],
    ['//example.com/', 'egress.syntax'],
    ['https://', 'egress.syntax'],
    ['https://999.1.1.1/', 'egress.syntax'],
    ['https://[::1%25lo]/', 'egress.syntax'],
    ['ftp://example.com/', 'egress.scheme'],
    ['file:///etc/passwd', 'egress.scheme'],
    ['javascript:alert(1)', 'egress.scheme'],
    ['gopher://example.com/', 'egress.scheme'],
    ['https://user@example.com/', 'egress.userinfo'],
    ['https://user:pw@example.com/', 'egress.userinfo'],
    ['https://@example.com/', 'egress.userinfo'],
    ['https://example.com/#part', 'egress.fragment'],
    ['https://example.com/#', 'egress.fragment'],
    ['https://example.com./', 'egress.host'],
    ['https://localhost/', 'egress.host'],
    ['https://database:8080/', 'egress.host'],
    ['https://example.com:22/', 'egress.port'],
    ['https://example.com:8/', 'egress.port'],
    ['http://example.com:6379/', 'egress.port'],
    ['http://example.com:5432/', 'egress.port'],
    ['http://example.com:9092/', 'egress.port'],
    [`https://example.com/${'a'.repeat(2048)}`, 'egress.length'],
    [`https://example.com/${'ü'.repeat(700)}`, 'egress.length'],
  ])('refuses %j by %s', async (url, rule) => {
    expect(await check(url)).toMatchObject({ ok: false, rule });
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://１２７.0.0.1/',
    'http://127。0。0。1/',
    'http://%31%32%37.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::7f00:1]/',
    'http://[0:0:0:0:0:ffff:7f00:0001]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://0/',
    'http://127.0.0.1:22/',
    'http://10.0.0.5/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[4000::1]/',
  ])('refuses %s, one of the spellings of an address inside', async (url) => {
    expect(await check(url)).toMatchObject({ ok: false, rule: 'egress.private-address' });
  });

  it('names a literal address and what it is', async () => {
    expect(await check('http://10.0.0.5/')).toEqual({
      ok: false,
      rule: 'egress.private-address',
      message: '10.0.0.5 is a private address',
    });
  });

  it.each(['https://inside.example.com/', 'https://mixed.example.com/', 'https://metadata.example.com/'])(
    'refuses %s for where its name leads and does not tell where that is',
    async (url) => {
      expect(await check(url)).toEqual({
        ok: false,
        rule: 'egress.private-address',
        message: 'the host leads to an address that webhooks may not reach',
      });
    },
  );

  it('refuses http where the deployment wants https only', async () => {
    const policy = parseEgressPolicy('', true);
    expect(await check('http://example.com/', policy)).toMatchObject({ ok: false, rule: 'egress.https-only' });
    expect(await check('https://example.com/', policy)).toMatchObject({ ok: true });
  });

  it('accepts names without dots and any port within the allowed ranges', async () => {
    for (const url of [
      'http://localhost:4000/x',
      'http://127.0.0.1:4000/',
      'http://127.0.0.1:22/',
      'http://database:5432/',
      'http://[::1]:9092/',
    ]) {
      expect(await check(url, local)).toEqual({ ok: true, href: url });
    }
  });

  it('keeps to the rules of hosts and ports outside the allowed ranges', async () => {
    expect(await check('http://proxy/', local)).toMatchObject({ ok: false, rule: 'egress.host' });
    expect(await check('http://example.com:22/', local)).toMatchObject({ ok: false, rule: 'egress.port' });
    expect(await check('http://10.0.0.5/', local)).toMatchObject({ ok: false, rule: 'egress.private-address' });
    expect(await check('http://169.254.169.254/', parseEgressPolicy('169.254.0.0/16', false))).toMatchObject({ ok: false });
  });
});
