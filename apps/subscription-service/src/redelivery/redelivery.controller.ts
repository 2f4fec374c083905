import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { isId } from '#libs/kernel';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { decodeKeyCursor, encodeKeyCursor } from '../http/index.js';
import { RedeliveryJobs } from './redelivery-jobs.service.js';
import { ListRedeliveriesDto } from './redelivery.dto.js';
import { redeliveryView } from './redelivery.view.js';

@Controller('v1/redeliveries')
export class RedeliveryController {
  constructor(private readonly jobs: RedeliveryJobs) {}

  @Get()
  @RequiresScope('deliveries:read')
  async list(@Caller() caller: Principal, @Query() query: ListRedeliveriesDto) {
    return listPage(this.jobs, caller, query);
  }

  @Get(':id')
  @RequiresScope('deliveries:read')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    const { redelivery, results } = await this.jobs.get(caller, id);
    return redeliveryView(redelivery, results);
  }

  @Post(':id/cancel')
  @RequiresScope('deliveries:redeliver')
  @HttpCode(200)
  async cancel(@Caller() caller: Principal, @Param('id') id: string) {
    const { redelivery, results } = await this.jobs.cancel(caller, id);
    return redeliveryView(redelivery, results);
  }
}

/** One page of the list, for both doors. @throws AppError `VALIDATION_FAILED` for a cursor that no list gave out */
export async function listPage(jobs: RedeliveryJobs, caller: Principal, { cursor, ...asked }: ListRedeliveriesDto) {
  const before = decodeKeyCursor(cursor, (key) => isId('rdl', key));
  const { rows, next } = await jobs.list(caller, { ...asked, before });
  return { data: rows.map((row) => redeliveryView(row)), nextCursor: next === null ? null : encodeKeyCursor(next) };
}
