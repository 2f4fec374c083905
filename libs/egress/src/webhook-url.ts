import { isIP } from 'node:net';
import type { AddressResolver } from './address-resolver.js';
import type { EgressPolicy } from './egress-policy.js';
import { vetAddress, type Refusal } from './vet-address.js';

/** Of a webhook's URL as its owner writes it. */
export const MAX_URL_LENGTH = 2048;
/** Of the URL of a request: with GET and DELETE the event's id, type and time come into the query. */
export const MAX_REQUEST_URL_LENGTH = 16_384;

/** A URL whose form is in order. Where its host leads must still be vetted. */
export interface WebhookUrl {
  readonly ok: true;
  readonly href: string;
  readonly url: URL;
  /** The host as name or address, without the brackets of IPv6. */
  readonly hostname: string;
  readonly literal: boolean;
  /** Set when the URL is in order only if its host lies wholly within the ranges that the deployment has allowed. */
  readonly allowedRangesOnly: Refusal | undefined;
}

// Ports of databases, brokers, proxies and control planes from 1024 up. What speaks HTTP to customers (3000, 8080, 8443 …) stays out.
const INTERNAL_PORTS = new Set([
  1080, 1099, 1433, 1434, 1521, 1883, 2049, 2181, 2375, 2376, 2377, 2379, 2380, 3128, 3306, 3389, 4369, 5432, 5433, 5671, 5672, 5900, 5984,
  5985, 5986, 6379, 6380, 6443, 7199, 8300, 8301, 8302, 8500, 8600, 9042, 9092, 9093, 9094, 9160, 9200, 9300, 10249, 10250, 10255, 10256,
  10257, 10259, 11211, 11434, 15672, 16379, 25672, 26257, 26379, 27017, 27018, 27019, 50070, 61613, 61616,
]);

/**
 * Checks the form of a webhook's URL, without looking up its host. Node's URL parser turns every spelling of an IPv4
 * address (`2130706433`, `0x7f.1`, full-width digits) into the usual one, so `hostname` is what a connection would go to.
 * A host of one label, and a port other than 80, 443 and those from 1024 that no well-known internal service uses, are
 * in order only inside the allowed ranges: there the deployment knows its own network.
 */
export function parseWebhookUrl(text: string, policy: EgressPolicy, maxLength = MAX_URL_LENGTH): WebhookUrl | Refusal {
  if (text.length > maxLength) return refuse('egress.length', `the URL is longer than ${maxLength} characters`);
  if (/[\u0000-\u0020\u007f-\u00a0\\\s]/.test(text)) {
    return refuse('egress.characters', 'the URL contains white space, a control character or a backslash');
  }
  if (!URL.canParse(text)) return refuse('egress.syntax', 'this is not an absolute URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('egress.scheme', 'the URL must begin with https:// or http://');
  if (url.protocol === 'http:' && policy.httpsOnly) return refuse('egress.https-only', 'the URL must begin with https://');
  if (url.username !== '' || url.password !== '' || /^[^/?#]*\/*[^/?#]*@/.test(text))
    return refuse('egress.userinfo', 'the URL must not contain a user name or password');
  if (text.includes('#')) return refuse('egress.fragment', 'the URL must not contain a fragment');
  if (url.href.length > maxLength) return refuse('egress.length', `the URL is longer than ${maxLength} characters`);
  return checkHost(url, policy);
}

/**
 * The check at save: the form, then every address of the host. A name that does not resolve now is accepted, since
 * names are often created later than webhooks; its attempts fail as `dns` until it does, and each is vetted anew.
 * Without a resolver only literal addresses are vetted.
 */
export async function checkWebhookUrl(
  text: string,
  policy: EgressPolicy,
  resolver?: AddressResolver,
): Promise<{ readonly ok: true; readonly href: string } | Refusal> {
  const parsed = parseWebhookUrl(text, policy);
  if (!parsed.ok) return parsed;
  const accepted = { ok: true, href: parsed.href } as const;
  if (parsed.literal) return vetHost(parsed, [parsed.hostname], policy) ?? accepted;
  if (!resolver) return accepted;
  let addresses: readonly string[];
  try {
    addresses = await resolver.resolve(parsed.hostname);
  } catch {
    return accepted;
  }
  return vetHost(parsed, addresses, policy) ?? accepted;
}

/**
 * Vets every address of a host: one that is refused refuses all, or a name could lead to either as it pleases.
 * @returns undefined when all are in order; what is refused behind a name does not say which address it was
 */
export function vetHost(host: WebhookUrl, addresses: readonly string[], policy: EgressPolicy): Refusal | undefined {
  for (const address of addresses) {
    const verdict = vetAddress(address, policy);
    if (!verdict.ok) return host.literal ? verdict : { ...verdict, message: 'the host leads to an address that webhooks may not reach' };
    if (host.allowedRangesOnly && verdict.zone !== 'allowed') return host.allowedRangesOnly;
  }
  return undefined;
}

function checkHost(url: URL, policy: EgressPolicy): WebhookUrl | Refusal {
  const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  const literal = isIP(hostname) !== 0;
  if (!literal && !isHostName(hostname)) return refuse('egress.host', 'this is not a complete host name');
  const demand =
    (!literal && !hostname.includes('.') ? refuse('egress.host', `${hostname} is not a public host name`) : undefined) ?? checkPort(url);
  if (demand && policy.allowedCidrs.length === 0) {
    // An address says more than a port does: a private literal on port 22 is refused for what it is.
    const verdict = literal ? vetAddress(hostname, policy) : undefined;
    return verdict?.ok === false ? verdict : demand;
  }
  return { ok: true, href: url.href, url, hostname, literal, allowedRangesOnly: demand };
}

/** Labels of 1 to 63 characters, 253 in all; no dot at the end, which would make another name of the same host. */
function isHostName(hostname: string): boolean {
  return hostname.length <= 253 && hostname.split('.').every((label) => label.length > 0 && label.length <= 63);
}

function checkPort(url: URL): Refusal | undefined {
  const port = url.port === '' ? 443 : Number(url.port);
  const usual = port === 443 || port === 80 || (port >= 1024 && !INTERNAL_PORTS.has(port));
  return usual ? undefined : refuse('egress.port', `port ${port} is not open to webhooks`);
}

function refuse(rule: string, message: string): Refusal {
  return { ok: false, rule, message };
}
