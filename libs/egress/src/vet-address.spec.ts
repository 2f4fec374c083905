import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressBytes } from './cidr.js';
import { parseEgressPolicy } from './egress-policy.js';
import { vetAddress } from './vet-address.js';

const strict = parseEgressPolicy('', false);
const everything = parseEgressPolicy('0.0.0.0/0, ::/0', false);

describe('vetAddress', () => {
  it.each([
    ['0.0.0.0', '0.255.255.255', '1.0.0.0'],
    ['10.0.0.0', '10.255.255.255', '11.0.0.0'],
    ['100.64.0.0', '100.127.255.255', '100.128.0.0'],
    ['127.0.0.0', '127.255.255.255', '128.0.0.0'],
    ['169.254.0.0', '169.254.255.255', '169.255.0.0'],
    ['172.16.0.0', '172.31.255.255', '172.32.0.0'],
    ['192.0.0.0', '192.0.0.255', '192.0.1.0'],
    ['192.0.2.0', '192.0.2.255', '192.0.3.0'],
    ['192.88.99.0', '192.88.99.255', '192.88.100.0'],
    ['192.168.0.0', '192.168.255.255', '192.169.0.0'],
    ['198.18.0.0', '198.19.255.255', '198.20.0.0'],
    ['198.51.100.0', '198.51.100.255', '198.51.101.0'],
    ['203.0.113.0', '203.0.113.255', '203.0.114.0'],
    ['224.0.0.0', '255.255.255.255', '223.255.255.255'],
    ['2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', '2001:200::'],
    ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db9::'],
    ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '2003::'],
    ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', '3ffe::'],
    ['::', '1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '2000::'],
    ['4000::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '3ff0::'],
  ])('refuses everything from %s to %s and nothing beyond, such as %s', (first, last, beyond) => {
    expect(vetAddress(first, strict)).toMatchObject({ ok: false, rule: 'egress.private-address' });
    expect(vetAddress(last, strict)).toMatchObject({ ok: false, rule: 'egress.private-address' });
    expect(vetAddress(beyond, strict)).toEqual({ ok: true, zone: 'public' });
  });

  it.each([
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::7f00:1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.5',
    '64:ff9b::10.0.0.5',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:a00:5::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '::ffff:0:127.0.0.1',
    'fec0::1',
    '5f00::1',
    '100::1',
  ])('refuses %s, a form of IPv6 that leads inside', (address) => {
    expect(vetAddress(address, strict)).toMatchObject({ ok: false });
  });

  it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::101:101'])('lets %s pass as public', (address) => {
    expect(vetAddress(address, strict)).toEqual({ ok: true, zone: 'public' });
  });

  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '::169.254.169.254',
    '2002:a9fe:a9fe::',
    '::ffff:168.63.129.16',
  ])('refuses the metadata address %s even where every range is allowed', (address) => {
    expect(vetAddress(address, everything)).toMatchObject({ ok: false, message: `${address} is a metadata address` });
  });

  it('lets pass what an allowed range holds, in each of its forms, and no neighbour of it', () => {
    const policy = parseEgressPolicy('127.0.0.0/8,10.1.0.0/16,::1/128,fd12::/16', false);
    for (const address of ['127.0.0.1', '127.255.0.1', '::ffff:127.0.0.1', '64:ff9b::127.0.0.1', '10.1.255.255', '::1', 'fd12:1::1']) {
      expect([address, vetAddress(address, policy)]).toEqual([address, { ok: true, zone: 'allowed' }]);
    }
    for (const address of ['10.2.0.1', '10.0.255.255', '::2', 'fd13::1', '0.0.0.0', '192.168.1.1', '::127.0.0.1', '2002:7f00:1::']) {
      expect([address, vetAddress(address, policy).ok]).toEqual([address, false]);
    }
  });

  it.each(['', 'example.com', '0x7f.1', '127.1', '2130706433', '0177.0.0.1', '1.2.3.4.5', '::1%lo', '1.2.3.4/8', ' 1.1.1.1'])(
    'refuses %j, which is not an address in its usual spelling',
    (text) => {
      expect(vetAddress(text, everything)).toMatchObject({ ok: false });
    },
  );

  it('reads each spelling of an IPv6 address alike', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const spelt = addressBytes(new URL(`http://[${address}]/`).hostname.slice(1, -1));
        expect(addressBytes(address)).toEqual(spelt);
      }),
    );
  });

  it('gives an IPv4 address and its mapped form the same verdict', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [plain, mapped] = [vetAddress(address, strict), vetAddress(`::ffff:${address}`, strict)];
        expect(mapped.ok).toBe(plain.ok);
      }),
    );
  });
});

describe('parseEgressPolicy', () => {
  it.each(['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0/8', '10.0.0.0/8/8', 'a/8', '10.0.0.0/-1', '10.0.0.0/x', '0x0a.0.0.0/8'])(
    'refuses %s, naming its position only',
    (entry) => {
      expect(() => parseEgressPolicy(`127.0.0.0/8,${entry}`, false)).toThrow(
        /^entry 2 is not a range in CIDR notation, such as 10\.0\.0\.0\/8$/,
      );
    },
  );

  it('takes an empty list as none', () => {
    expect(parseEgressPolicy(' , ', true)).toEqual({ allowedCidrs: [], httpsOnly: true });
  });
});
