export { AddressResolver, ResolveError } from './address-resolver.js';
export { EgressClient, type EgressOptions } from './egress-client.js';
export type { EgressAnswer, EgressRequest, EgressResult, EgressTimings, FailureClass } from './egress-result.js';
export { DnsResolver } from './dns-resolver.js';
export { parseEgressPolicy, type EgressPolicy } from './egress-policy.js';
export { MAX_CUSTOM_HEADERS, MAX_HEADER_BYTES, checkHeader } from './header-rules.js';
export { vetAddress, type AddressVerdict, type AddressZone, type Refusal } from './vet-address.js';
export { MAX_URL_LENGTH, checkWebhookUrl } from './webhook-url.js';
