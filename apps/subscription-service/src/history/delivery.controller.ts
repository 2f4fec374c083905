import { Controller, Get, Param, Query } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { DeliveryService } from './delivery.service.js';
import { ListDeliveriesDto } from './list-deliveries.dto.js';

@Controller('v1/deliveries')
@RequiresScope('deliveries:read')
export class DeliveryController {
  constructor(private readonly deliveries: DeliveryService) {}

  @Get()
  list(@Caller() caller: Principal, @Query() query: ListDeliveriesDto) {
    return this.deliveries.list(caller, query);
  }

  @Get(':id')
  get(@Caller() caller: Principal, @Param('id') id: string) {
    return this.deliveries.get(caller, id);
  }
}
