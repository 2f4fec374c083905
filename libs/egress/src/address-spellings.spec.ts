import { BlockList } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AddressResolver } from './address-resolver.js';
import { parseEgressPolicy } from './egress-policy.js';
import { checkWebhookUrl } from './webhook-url.js';

const strict = parseEgressPolicy('', false);
const everything = parseEgressPolicy('0.0.0.0/0,::/0', false);

/** The rule as Node's own implementation of ranges knows it: another reading of it than the one under test. */
const V4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32'.split(
    ' ',
  );
const forbidden = new BlockList();
for (const cidr of V4) {
  const [address, prefix] = cidr.split('/');
  forbidden.addSubnet(address!, Number(prefix), 'ipv4');
}

type Bytes = readonly [number, number, number, number];
const bytes = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
/** Any address; every second one inside a forbidden range. */
const address: fc.Arbitrary<Bytes> = fc.oneof(
  bytes,
  fc.tuple(fc.constantFrom(...V4), bytes).map(([cidr, random]) => {
    const [text = '', prefix] = cidr.split('/');
    const base = text.split('.').map(Number);
    const mask = (index: number): number => (0xff << Math.max(0, 8 - Math.max(0, Number(prefix) - index * 8))) & 0xff;
    return random.map((value, index) => (base[index]! & mask(index)) | (value & ~mask(index) & 0xff)) as unknown as Bytes;
  }),
);

const number = ([a, b, c, d]: Bytes): number => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
const hex = (value: number, digits = 0): string => value.toString(16).padStart(digits, '0');
const shifted = (text: string, zero: number): string => text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const v6 = ([a, b, c, d]: Bytes): string => `${hex(a)}${hex(b, 2)}:${hex(c)}${hex(d, 2)}`;

const IPV4_SPELLINGS: readonly ((address: Bytes) => string)[] = [
  (ip) => ip.join('.'),
  (ip) => String(number(ip)),
  (ip) => `0x${hex(number(ip))}`,
  (ip) => `0X${hex(number(ip)).toUpperCase()}`,
  (ip) => `0${number(ip).toString(8)}`,
  (ip) => ip.map((byte) => `0${byte.toString(8)}`).join('.'),
  (ip) => ip.map((byte) => `000000${byte.toString(8)}`).join('.'),
  (ip) => ip.map((byte) => `0x${hex(byte)}`).join('.'),
  (ip) => `${ip[0]}.0x${hex(ip[1])}.0${ip[2].toString(8)}.${ip[3]}`,
  (ip) => `${ip[0]}.${(ip[1] << 16) | (ip[2] << 8) | ip[3]}`,
  (ip) => `${ip[0]}.${ip[1]}.${(ip[2] << 8) | ip[3]}`,
  (ip) => shifted(ip.join('.'), 0xff10), // full width
  (ip) => shifted(ip.join('.'), 0x1d7d8), // double-struck
  (ip) => ip.join('\u3002'),
  (ip) => ip.join('\uff0e'),
  (ip) => ip.join('%2e'),
  (ip) => [...ip.join('.')].map((char) => `%${hex(char.charCodeAt(0))}`).join(''),
  (ip) => ip.join('.').replace('.', '\u00ad.'),
  (ip) => `${ip.join('.')}.`,
];
const IPV6_SPELLINGS: readonly ((address: Bytes) => string)[] = [
  (ip) => `[::ffff:${ip.join('.')}]`,
  (ip) => `[::ffff:${v6(ip)}]`,
  (ip) => `[::FFFF:${v6(ip)}]`,
  (ip) => `[0:0:0:0:0:ffff:${v6(ip)}]`,
  (ip) => `[::${ip.join('.')}]`,
  (ip) => `[::ffff:0:${v6(ip)}]`,
  (ip) => `[64:ff9b::${v6(ip)}]`,
  (ip) => `[64:ff9b:1::${v6(ip)}]`,
  (ip) => `[2002:${v6(ip)}::1]`,
  (ip) => `[2001:0:${v6(ip)}::]`,
  (ip) => `[2001::${v6(ip.map((byte) => byte ^ 0xff) as unknown as Bytes)}]`,
  (ip) => `[fe80::5efe:${v6(ip)}]`,
];
const spelling = fc.constantFrom(...IPV4_SPELLINGS, ...IPV6_SPELLINGS);

describe('an address in any spelling', () => {
  it('never leads into a forbidden range', async () => {
    await fc.assert(
      fc.asyncProperty(address, spelling, fc.constantFrom('http', 'https'), async (ip, spell, scheme) => {
        const inside = forbidden.check(ip.join('.'));
        const verdict = await checkWebhookUrl(`${scheme}://${spell(ip)}/`, strict);
        if (inside) expect(verdict.ok).toBe(false);
        // Whatever passes says plainly where it leads, and that is no forbidden place.
        if (verdict.ok) {
          const { hostname } = new URL(verdict.href);
          if (!hostname.startsWith('[')) expect(forbidden.check(hostname)).toBe(false);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('leads out where it is public, in every spelling of IPv4', async () => {
    await fc.assert(
      fc.asyncProperty(address, fc.constantFrom(...IPV4_SPELLINGS.slice(0, -1)), async (ip, spell) => {
        if (forbidden.check(ip.join('.'))) return;
        expect(await checkWebhookUrl(`https://${spell(ip)}/`, strict)).toEqual({ ok: true, href: `https://${ip.join('.')}/` });
      }),
      { numRuns: 1000 },
    );
  });

  it('never leads to a metadata address, even where every range is allowed', async () => {
    const metadata = fc.constantFrom<Bytes>(
      [169, 254, 169, 254],
      [169, 254, 170, 2],
      [100, 100, 100, 200],
      [192, 0, 0, 192],
      [168, 63, 129, 16],
    );
    await fc.assert(
      fc.asyncProperty(metadata, spelling, async (ip, spell) => {
        expect((await checkWebhookUrl(`http://${spell(ip)}/`, everything)).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
    for (const text of ['[fd00:ec2::254]', '[fd00:0ec2:0:0:0:0:0:254]', '[FD00:EC2::254]', '[fd00:ec2::0.0.2.84]']) {
      expect((await checkWebhookUrl(`http://${text}/`, everything)).ok).toBe(false);
    }
  });

  it('is refused as the answer of a name, wherever it stands among the answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(address, { minLength: 1, maxLength: 5 }), fc.boolean(), async (addresses, mapped) => {
        class Names extends AddressResolver {
          override resolve = async () => addresses.map((ip) => (mapped ? `::ffff:${ip.join('.')}` : ip.join('.')));
        }
        const verdict = await checkWebhookUrl('https://receiver.example/', strict, new Names());
        expect(verdict.ok).toBe(!addresses.some((ip) => forbidden.check(ip.join('.'))));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a disguise of a host', () => {
  it.each([
    'https://example.com@127.0.0.1/',
    'https://127.0.0.1@example.com/',
    'https://example.com%40127.0.0.1/',
    'https://example.com:80@127.0.0.1/',
    'https:@127.0.0.1/',
    'https:/127.0.0.1/',
    'https:127.0.0.1/',
    'https:///127.0.0.1/',
    'https://127.0.0.1%00.example.com/',
    'https://127.0.0.1%2f.example.com/',
    'https://127.0.0.1\t.example.com/',
    'https://exam\nple.com/',
    'https://example.com\\.127.0.0.1/',
    'https:\\\\127.0.0.1\\',
    'https://[::1%25eth0]/',
    'https://[fe80::1%eth0]/',
    'https://[::1/',
    'https://[v1.1]/',
    'https://LOCALHOST/',
    'https://ⓛocalhost/',
    'https://localhost./',
    'https://localhost%2e/',
    'https://localhost。/',
    'https://example.com./',
    'https://example.com%2e/',
    'https://.example.com/',
    'https://a..example.com/',
    `https://${'a'.repeat(64)}.example.com/`,
    `https://${'a.'.repeat(127)}example.com/`,
    'https://xn--/',
    'https://exa mple.com/',
    'https://0.0.0.0:443/',
    'https://[::]/',
    'https://4294967296/',
    'https://1.2.3.256/',
  ])('is refused: %j', async (url) => {
    expect((await checkWebhookUrl(url, strict)).ok).toBe(false);
  });

  it.each([
    0, 1, 7, 21, 22, 23, 25, 53, 79, 81, 110, 111, 139, 143, 389, 444, 445, 514, 631, 873, 1023, 1080, 2375, 3306, 5432, 6379, 9092, 11211,
  ])('does not reach port %i', async (port) => {
    expect(await checkWebhookUrl(`https://example.com:${port}/`, strict)).toMatchObject({ ok: false, rule: 'egress.port' });
    expect((await checkWebhookUrl(`https://1.1.1.1:0${port}/`, strict)).ok).toBe(false);
  });
});
