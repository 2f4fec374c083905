import { Controller, Get, Query } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { OverviewService } from './overview.service.js';
import { StatService } from './stat.service.js';
import { StatsDto } from './stats.dto.js';

@Controller('v1/stats')
@RequiresScope('deliveries:read')
export class StatController {
  constructor(
    private readonly stats: StatService,
    private readonly overviews: OverviewService,
  ) {}

  @Get()
  over(@Caller() caller: Principal, @Query() query: StatsDto) {
    return this.stats.over(caller, query);
  }

  @Get('overview')
  now(@Caller() caller: Principal) {
    return this.overviews.now(caller);
  }
}
