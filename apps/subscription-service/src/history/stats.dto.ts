import { IsIn } from 'class-validator';
import { Label, Optional } from '../http/index.js';
import { type Bucket, BUCKETS, type Range, RANGES } from './stat-range.js';
import { Time } from './time.dto.js';

export class StatsDto {
  @Optional()
  @Label(100)
  webhookId?: string;

  @Optional()
  @IsIn(RANGES)
  range?: Range;

  @Optional()
  @Time()
  from?: string;

  @Optional()
  @Time()
  to?: string;

  @Optional()
  @IsIn(BUCKETS)
  bucket?: Bucket;
}
