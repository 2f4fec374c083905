import { Controller, Get, Query } from '@nestjs/common';
import { RequiresScope } from '../auth/index.js';
import { circuitView } from './circuit.view.js';
import { ListCircuitsDto, ListNotificationsDto } from './operation.dto.js';
import { OperationService } from './operation.service.js';

@Controller('v1/operations')
@RequiresScope('admin')
export class OperationController {
  constructor(private readonly operations: OperationService) {}

  @Get('lag')
  lag() {
    return this.operations.lag();
  }

  @Get('circuits')
  async circuits(@Query() query: ListCircuitsDto) {
    const { counts, data, nextCursor } = await this.operations.listCircuits(query);
    return { counts, data: data.map(circuitView), nextCursor };
  }

  @Get('notifications')
  notifications(@Query() query: ListNotificationsDto) {
    return this.operations.listNotifications(query);
  }
}
