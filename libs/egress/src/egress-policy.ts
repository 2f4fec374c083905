import { contains, parseCidr, type Cidr } from './cidr.js';

const MAPPED = parseCidr('::ffff:0:0/96')!;

/** What a deployment lets its webhooks reach. */
export interface EgressPolicy {
  /** Private ranges that are reachable all the same. Metadata addresses never are, whatever stands here. */
  readonly allowedCidrs: readonly Cidr[];
  /** Refuse `http:` URLs. */
  readonly httpsOnly: boolean;
}

/**
 * @param cidrs `EGRESS_ALLOWED_CIDRS`: ranges such as `127.0.0.0/8,::1/128`, comma-separated; empty for none
 * @throws Error naming the position of an entry that is no range in CIDR notation
 */
export function parseEgressPolicy(cidrs: string, httpsOnly: boolean): EgressPolicy {
  const entries = cidrs
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return { allowedCidrs: entries.map((entry, index) => allowedRange(entry, index + 1)), httpsOnly };
}

function allowedRange(entry: string, position: number): Cidr {
  const cidr = parseCidr(entry);
  if (!cidr) throw new Error(`entry ${position} is not a range in CIDR notation, such as 10.0.0.0/8`);
  // Addresses in mapped form are vetted as what they carry, so a range of them is a range of IPv4.
  const mapped = cidr.bytes.length === 16 && cidr.prefix >= 96 && contains(MAPPED, cidr.bytes);
  return mapped ? { bytes: cidr.bytes.slice(12), prefix: cidr.prefix - 96 } : cidr;
}
