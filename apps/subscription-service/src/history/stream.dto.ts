import { Label, Optional } from '../http/index.js';

export class StreamAttemptsDto {
  @Optional()
  @Label(100)
  webhookId?: string;

  @Optional()
  @Label(100)
  lastEventId?: string;
}
