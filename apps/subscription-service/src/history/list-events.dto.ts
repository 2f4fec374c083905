import { Label, Optional, PageDto } from '../http/index.js';
import { Time } from './time.dto.js';

export class ListEventsDto extends PageDto {
  @Optional()
  @Label(200)
  type?: string;

  @Optional()
  @Label(256)
  id?: string;

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
