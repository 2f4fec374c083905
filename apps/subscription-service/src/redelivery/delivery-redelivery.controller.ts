import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { RedeliverDeliveryDto } from './redelivery.dto.js';
import { RedeliveryService } from './redelivery.service.js';

@Controller('v1/deliveries/:id')
@RequiresScope('deliveries:redeliver')
export class DeliveryRedeliveryController {
  constructor(private readonly redelivery: RedeliveryService) {}

  @Post('redeliver')
  @HttpCode(202)
  redeliver(@Caller() caller: Principal, @Param('id') id: string, @Body() { webhookId }: RedeliverDeliveryDto) {
    return this.redelivery.redeliver(caller, id, webhookId);
  }

  @Post('cancel')
  @HttpCode(202)
  cancel(@Caller() caller: Principal, @Param('id') id: string) {
    return this.redelivery.cancel(caller, id);
  }
}
