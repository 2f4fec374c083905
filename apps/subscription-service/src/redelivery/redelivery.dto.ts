import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsISO8601, Matches } from 'class-validator';
import { ATTEMPT_TRIGGERS, type AttemptTrigger, ERROR_CLASSES, type ErrorClass } from '#libs/contracts';
import { ANSWER_CODE } from '../history-schema/index.js';
import { Label, Optional, PageDto } from '../http/index.js';
import { EVENT_TARGETS, REDELIVERY_STATUSES, SELECTABLE, type EventTarget, type RedeliveryStatus, type Selectable } from './redelivery.js';

const TYPE = /^[A-Za-z0-9_.:-]{1,128}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

export class RedeliverDeliveryDto {
  /** Another webhook of the account. */
  @Optional()
  @Label(100)
  webhookId?: string;
}

export class RedeliverWebhookDto {
  @Matches(TIME)
  @IsISO8601({ strict: true, strictSeparator: true })
  since!: string;

  @Optional()
  @Matches(TIME)
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string;

  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SELECTABLE, { each: true })
  statuses?: Selectable[];

  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(TYPE, { each: true, message: 'eventTypes must be event types' })
  eventTypes?: string[];

  @Optional()
  @Matches(ANSWER_CODE, { message: 'code must be a status code, a class such as 5xx, or none' })
  code?: string;

  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(ERROR_CLASSES, { each: true })
  errorClass?: ErrorClass[];

  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(ATTEMPT_TRIGGERS, { each: true })
  trigger?: AttemptTrigger[];

  @Optional()
  @Label(100)
  deliveryId?: string;

  @Optional()
  @Label(256)
  eventId?: string;

  @Optional()
  @IsBoolean()
  dryRun?: boolean;
}

export class RedeliverEventDto {
  @IsIn(EVENT_TARGETS)
  to!: EventTarget;

  /** Of `to: webhook`. */
  @Optional()
  @Label(100)
  webhookId?: string;

  /** When several publishers use the id: the event of this one. */
  @Optional()
  @Label(2048)
  source?: string;
}

export class ListRedeliveriesDto extends PageDto {
  @Optional()
  @Label(100)
  webhookId?: string;

  @Optional()
  @IsIn(REDELIVERY_STATUSES)
  status?: RedeliveryStatus;
}
