import { Controller, Get, Param, Query } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { EventService } from './event.service.js';
import { EventSourceDto, ListEventsDto } from './list-events.dto.js';
import { TraceService } from './trace.service.js';

@Controller('v1/events')
@RequiresScope('deliveries:read')
export class PastEventController {
  constructor(
    private readonly events: EventService,
    private readonly traces: TraceService,
  ) {}

  @Get()
  list(@Caller() caller: Principal, @Query() query: ListEventsDto) {
    return this.events.list(caller, query);
  }

  @Get(':id')
  get(@Caller() caller: Principal, @Param('id') id: string, @Query() { source }: EventSourceDto) {
    return this.events.get(caller, id, source);
  }

  @Get(':id/trace')
  trace(@Caller() caller: Principal, @Param('id') id: string, @Query() { source }: EventSourceDto) {
    return this.traces.trace(caller, id, source);
  }
}
