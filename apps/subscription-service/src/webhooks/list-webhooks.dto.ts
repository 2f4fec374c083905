import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { Label, Optional } from '../http/index.js';
import { HEALTH_STATES, type HealthState } from '../webhook-standing/index.js';
import { STATUSES } from './webhook.dto.js';

export class ListWebhooksDto {
  @Optional()
  @Label(200)
  channelId?: string;

  @Optional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @Optional()
  @IsIn(HEALTH_STATES)
  health?: HealthState;

  @Optional()
  @Label(200)
  event?: string;

  @Optional()
  @Label(200)
  module?: string;

  @Optional()
  @Label(200)
  q?: string;

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;

  @Optional()
  @IsString()
  cursor?: string;
}
