import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { deadLetterQuery, ListDeadLettersDto, RepublishDto } from './dead-letter.dto.js';
import { DeadLetterService } from './dead-letter.service.js';
import { deadLetterDetailView, deadLetterView } from './dead-letter.view.js';

@Controller('v1/dead-letters')
@RequiresScope('admin')
export class DeadLetterController {
  constructor(private readonly letters: DeadLetterService) {}

  @Get()
  async list(@Query() query: ListDeadLettersDto) {
    const { data, nextCursor } = await this.letters.list(deadLetterQuery(query));
    return { data: data.map(deadLetterView), nextCursor };
  }

  @Get(':id')
  async get(@Param('id') id: string) {
    return deadLetterDetailView(await this.letters.get(id));
  }

  @Post(':id/republish')
  @HttpCode(200)
  async republish(@Caller() caller: Principal, @Param('id') id: string, @Body() body?: RepublishDto) {
    return deadLetterDetailView(await this.letters.republish(caller, id, body?.again ?? false));
  }
}
