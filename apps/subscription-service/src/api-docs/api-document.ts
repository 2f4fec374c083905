import type { Catalog } from '#libs/catalog';
import { type ApiPart, openApiDocument } from '#libs/openapi';
import { accountsApi } from '../accounts/index.js';
import { apiKeysApi } from '../api-keys/index.js';
import { auditApi } from '../audit/index.js';
import { catalogApi } from '../catalog/index.js';
import { eventsApi } from '../events/index.js';
import { filtersApi } from '../filters/index.js';
import { historyApi } from '../history/index.js';
import { operatorApi } from '../operator/index.js';
import { portalApi } from '../portal/index.js';
import { expungeApi } from '../projector/index.js';
import { redeliveryApi } from '../redelivery/index.js';
import { testSendsApi } from '../test-sends/index.js';
import { webhooksApi } from '../webhooks/index.js';
import { OUTGOING_SCHEMAS, outgoingRequests } from './outgoing-requests.js';
import { serviceApi } from './service.openapi.js';

export const API_PARTS: readonly ApiPart[] = [
  webhooksApi,
  historyApi,
  filtersApi,
  testSendsApi,
  redeliveryApi,
  eventsApi,
  catalogApi,
  accountsApi,
  apiKeysApi,
  auditApi,
  expungeApi,
  portalApi,
  operatorApi,
  serviceApi,
];

const DESCRIPTION = `Everything the management API of Hookstream can do; the same over gRPC (\`hookstream.v1\`, with reflection).

Lists come in pages: pass \`nextCursor\` on as \`cursor\`. Reads answer with an \`ETag\`; \`If-Match\` on a write gives 412 when it is stale.
POSTs take an \`Idempotency-Key\`. Errors are problem documents (RFC 9457) with a stable \`code\`. Times are RFC 3339 in UTC.
What receivers get is described under **webhooks**.`;

/** The OpenAPI document of this service, with the event types that the catalog has now. */
export function apiDocument(catalog: Pick<Catalog, 'eventTypes'>): Record<string, unknown> {
  return openApiDocument({
    title: 'Hookstream',
    version: '1',
    description: DESCRIPTION,
    parts: API_PARTS,
    webhooks: outgoingRequests(catalog),
    schemas: OUTGOING_SCHEMAS,
  });
}
