import { Controller, Get, Query } from '@nestjs/common';
import { isId } from '#libs/kernel';
import { RequiresScope } from '../auth/index.js';
import { decodeKeyCursor, pageOf } from '../http/index.js';
import { AuditLog } from './audit-log.js';
import { ListAuditDto } from './list-audit.dto.js';

@Controller('v1/audit')
@RequiresScope('admin')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  @Get()
  async list(@Query() { cursor, limit, ...filters }: ListAuditDto) {
    const after = decodeKeyCursor(cursor, (key) => isId('aud', key));
    return pageOf(await this.audit.list({ ...filters, after, limit: limit + 1 }), limit, (entry) => entry.id);
  }
}
