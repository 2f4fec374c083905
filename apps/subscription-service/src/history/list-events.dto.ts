import { Transform } from 'class-transformer';
import { Equals } from 'class-validator';
import { Label, Optional, PageDto } from '../http/index.js';
import { Time } from './time.dto.js';

export class ListEventsDto extends PageDto {
  @Optional()
  @Label(200)
  type?: string;

  @Optional()
  @Label(256)
  id?: string;

  /** Only those that went to no webhook. There is no index on the others, who are most. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value))
  @Equals(true, { message: 'must be true, or be left out' })
  unmatched?: true;

  @Optional()
  @Time()
  from?: string;

  @Optional()
  @Time()
  to?: string;
}

/** Which of several events with the same id. */
export class EventSourceDto {
  @Optional()
  @Label(2048)
  source?: string;
}
