import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../../auth/index.js';
import { ExpungeDto, subjectOf } from './expunge.dto.js';
import { ExpungeService } from './expunge.service.js';

@Controller('v1/accounts/:id/expunge')
@RequiresScope('admin')
export class ExpungeController {
  constructor(private readonly expunges: ExpungeService) {}

  @Post()
  @HttpCode(200)
  expunge(@Caller() caller: Principal, @Param('id') accountId: string, @Body() body: ExpungeDto) {
    return this.expunges.expunge(caller, subjectOf(accountId, body));
  }
}
