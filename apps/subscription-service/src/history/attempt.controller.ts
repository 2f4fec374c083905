import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { attemptFilterOf, ExportAttemptsDto, ListAttemptsDto } from './attempt-filter.dto.js';
import { AttemptService } from './attempt.service.js';
import { csvLines, ndjsonLines } from './export-lines.js';

const FORMATS = {
  ndjson: { type: 'application/x-ndjson', lines: ndjsonLines },
  csv: { type: 'text/csv; charset=utf-8', lines: csvLines },
} as const;

@Controller('v1')
@RequiresScope('deliveries:read')
export class AttemptController {
  constructor(private readonly attempts: AttemptService) {}

  @Get('webhooks/:id/attempts')
  list(@Caller() caller: Principal, @Param('id') id: string, @Query() query: ListAttemptsDto) {
    return this.attempts.list(caller, id, query);
  }

  @Get('webhooks/:id/attempts/export')
  async export(@Caller() caller: Principal, @Param('id') id: string, @Query() query: ExportAttemptsDto, @Res() reply: FastifyReply) {
    const { type, lines } = FORMATS[query.format ?? 'ndjson'];
    const portions = await this.attempts.export(caller, id, attemptFilterOf(query));
    const name = `attempts-${id}.${query.format ?? 'ndjson'}`;
    // Read as fast as it is taken: a stream asks for the next portion when the one before has gone.
    const file = Readable.from(lines(portions), { objectMode: false, highWaterMark: 65_536 });
    await reply.header('content-type', type).header('content-disposition', `attachment; filename="${name}"`).send(file);
  }

  @Get('attempts/:id')
  get(@Caller() caller: Principal, @Param('id') id: string) {
    return this.attempts.get(caller, id);
  }
}
