import { addressBytes, contains, parseCidr, type Cidr } from './cidr.js';
import type { EgressPolicy } from './egress-policy.js';

/** Where an address lies: on the public internet, or in a private range that the deployment has allowed. */
export type AddressZone = 'public' | 'allowed';

export interface Refusal {
  readonly ok: false;
  /** Stable name of the rule, such as `egress.private-address`. */
  readonly rule: string;
  /** In words, for the owner of the webhook. */
  readonly message: string;
}

export type AddressVerdict = { readonly ok: true; readonly zone: AddressZone } | Refusal;

const range = (text: string): Cidr => parseCidr(text)!;
const rows = (...table: readonly [string, string][]): readonly (readonly [Cidr, string])[] =>
  table.map(([cidr, kind]) => [range(cidr), kind] as const);

/** Answer with credentials to whoever asks from inside: AWS (IMDS, ECS, EKS), Google, Alibaba, Oracle, Azure. */
const METADATA = [
  '169.254.169.254/32',
  '169.254.170.2/32',
  '169.254.170.23/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  'fd00:ec2::254/128',
  'fd00:ec2::23/128',
  'fd20:ce::254/128',
].map(range);

/** IANA's special-purpose registry for IPv4. */
const IPV4_REFUSED = rows(
  ['0.0.0.0/8', 'reserved'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'private'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
);

const IPV6_GLOBAL = range('2000::/3');
/** Within the global range: protocol assignments (Teredo among them), documentation, 6to4. */
const IPV6_REFUSED = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map(range);
const LOOPBACK = range('::1/128');

const MAPPED = range('::ffff:0:0/96');
const NAT64 = range('64:ff9b::/96');
/** Forms that carry an IPv4 address, and where in them it stands. */
const CARRIERS = [
  [MAPPED, 12],
  [range('::/96'), 12], // compatible
  [NAT64, 12],
  [range('64:ff9b:1::/48'), 12], // NAT64 of a network's own
  [range('::ffff:0:0:0/96'), 12], // translated
  [range('2002::/16'), 2], // 6to4
  [range('2001::/32'), 4], // the server of Teredo; its client stands inverted at the end
] as const;
const TEREDO = range('2001::/32');

/**
 * Whether a webhook may reach an address, given as text in its usual spelling. IPv6 forms that carry an IPv4 address
 * to the same host (mapped, NAT64) count as that address; compatible and 6to4 forms are refused, since they only
 * ever disguise one. No form leads to a metadata address, and a range of IPv6 allows no IPv4 address in disguise.
 */
export function vetAddress(address: string, policy: EgressPolicy): AddressVerdict {
  const given = addressBytes(address);
  if (!given) return refuse(address, 'unreadable');
  if (isMetadata(given)) return refuse(address, 'metadata');
  const bytes = contains(MAPPED, given) || contains(NAT64, given) ? given.slice(12) : given;
  if (policy.allowedCidrs.some((cidr) => contains(cidr, bytes))) return { ok: true, zone: 'allowed' };
  const kind = refusedKind(bytes);
  return kind === undefined ? { ok: true, zone: 'public' } : refuse(address, kind);
}

function refusedKind(bytes: readonly number[]): string | undefined {
  if (bytes.length === 4) return IPV4_REFUSED.find(([cidr]) => contains(cidr, bytes))?.[1];
  if (contains(LOOPBACK, bytes)) return 'loopback';
  if (!contains(IPV6_GLOBAL, bytes)) return 'private';
  return IPV6_REFUSED.some((cidr) => contains(cidr, bytes)) ? 'reserved' : undefined;
}

function isMetadata(bytes: readonly number[]): boolean {
  return [bytes, ...embeddedIpv4(bytes)].some((form) => METADATA.some((cidr) => contains(cidr, form)));
}

function embeddedIpv4(bytes: readonly number[]): (readonly number[])[] {
  if (bytes.length === 4) return [];
  const forms = CARRIERS.filter(([cidr]) => contains(cidr, bytes)).map(([, at]) => bytes.slice(at, at + 4));
  if (contains(TEREDO, bytes)) forms.push(bytes.slice(12).map((byte) => byte ^ 0xff));
  // ISATAP: an interface identifier under any prefix.
  if ((bytes[8]! & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe) forms.push(bytes.slice(12));
  return forms;
}

function refuse(address: string, kind: string): Refusal {
  const article = kind === 'unreadable' ? 'an' : 'a';
  return { ok: false, rule: 'egress.private-address', message: `${address} is ${article} ${kind} address` };
}
