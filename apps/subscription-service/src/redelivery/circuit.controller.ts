import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { RedeliveryService } from './redelivery.service.js';

@Controller('v1/webhooks/:id')
@RequiresScope('webhooks:write')
export class CircuitController {
  constructor(private readonly redelivery: RedeliveryService) {}

  @Post('probe')
  @HttpCode(202)
  async probe(@Caller() caller: Principal, @Param('id') id: string) {
    await this.redelivery.probe(caller, id);
    return { webhookId: id, command: 'probe' };
  }

  @Post('reset-circuit')
  @HttpCode(202)
  async resetCircuit(@Caller() caller: Principal, @Param('id') id: string) {
    await this.redelivery.resetCircuit(caller, id);
    return { webhookId: id, command: 'reset-circuit' };
  }
}
