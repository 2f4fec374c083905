import { GrpcMethod, Payload } from '@nestjs/microservices';
import { isId } from '#libs/kernel';
import { RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController, timestampOf } from '../grpc/index.js';
import { decodeKeyCursor, pageOf } from '../http/index.js';
import type { StoredAuditEntry } from './audit-entry.js';
import { AuditLog } from './audit-log.js';
import { ListAuditDto } from './list-audit.dto.js';

@RpcController()
@RequiresScope('admin')
export class AuditGrpcController implements Pick<rpc.AccountServiceController, 'listAuditEntries'> {
  constructor(private readonly audit: AuditLog) {}

  @GrpcMethod('AccountService')
  async listAuditEntries(@Payload() request: rpc.ListAuditEntriesRequest): Promise<rpc.ListAuditEntriesResponse> {
    const { cursor, limit, ...filters } = await checked(ListAuditDto, request);
    const after = decodeKeyCursor(cursor, (key) => isId('aud', key));
    const { data, nextCursor } = pageOf(await this.audit.list({ ...filters, after, limit: limit + 1 }), limit, (entry) => entry.id);
    return { entries: data.map(entryMessage), nextCursor: nextCursor ?? undefined };
  }
}

function entryMessage(entry: StoredAuditEntry): rpc.AuditEntry {
  const { id, actor, action, occurredAt, before, after } = entry;
  return {
    ...{ id, actor, action },
    occurredAt: timestampOf(occurredAt),
    remoteAddress: entry.remoteAddress ?? undefined,
    requestId: entry.requestId ?? undefined,
    accountId: entry.accountId ?? undefined,
    subject: entry.subject ?? undefined,
    before: before === null ? undefined : JSON.stringify(before),
    after: after === null ? undefined : JSON.stringify(after),
  };
}
