import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { RedeliveryJobs } from './redelivery-jobs.service.js';
import { RedeliverEventDto, RedeliverWebhookDto } from './redelivery.dto.js';
import { dryRunView, redeliveryView } from './redelivery.view.js';

const NONE_YET = { succeeded: 0, failed: 0 };

@Controller('v1')
@RequiresScope('deliveries:redeliver')
export class WebhookRedeliveryController {
  constructor(private readonly jobs: RedeliveryJobs) {}

  @Post('webhooks/:id/redeliver')
  @HttpCode(202)
  async ofWebhook(@Caller() caller: Principal, @Param('id') id: string, @Body() { dryRun, ...asked }: RedeliverWebhookDto) {
    if (dryRun === true) return dryRunView(await this.jobs.count(caller, id, asked));
    return redeliveryView(await this.jobs.ofWebhook(caller, id, asked), NONE_YET);
  }

  @Post('events/:id/redeliver')
  @HttpCode(202)
  async ofEvent(@Caller() caller: Principal, @Param('id') id: string, @Body() asked: RedeliverEventDto) {
    return redeliveryView(await this.jobs.ofEvent(caller, id, asked), NONE_YET);
  }
}
