import { IsIn } from 'class-validator';
import { DELIVERY_STATES, type DeliveryState } from '../history-schema/index.js';
import { Label, Optional, PageDto } from '../http/index.js';
import { Time } from './time.dto.js';

export class ListDeliveriesDto extends PageDto {
  @Optional()
  @Label(100)
  webhookId?: string;

  @Optional()
  @Label(256)
  eventId?: string;

  @Optional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @Optional()
  @Time()
  from?: string;

  @Optional()
  @Time()
  to?: string;
}
