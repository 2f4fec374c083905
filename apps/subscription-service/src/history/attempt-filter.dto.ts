import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, Matches } from 'class-validator';
import { ATTEMPT_TRIGGERS, type AttemptTrigger, ERROR_CLASSES, type ErrorClass } from '#libs/contracts';
import { ANSWER_CODE } from '../history-schema/index.js';
import { Label, Optional, PageDto } from '../http/index.js';
import type { AttemptFilter } from './attempt.store.js';
import { msOf, Time } from './time.dto.js';

const STATUSES = ['succeeded', 'failed'] as const;
export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;

/** A parameter that stands in the query once is a list of one. */
const Listed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? (value as unknown) : [value]));

/** The filters of a list of attempts, and its page. */
export class ListAttemptsDto extends PageDto {
  @Optional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @Optional()
  @Label(200)
  event?: string;

  @Optional()
  @Matches(ANSWER_CODE, { message: 'code must be a status code, a class such as 5xx, or none' })
  code?: string;

  /** One, or several by repeating the name: any of them. */
  @Optional()
  @Listed()
  @ArrayMaxSize(ERROR_CLASSES.length)
  @IsIn(ERROR_CLASSES, { each: true })
  errorClass?: ErrorClass[];

  /** Likewise. */
  @Optional()
  @Listed()
  @ArrayMaxSize(ATTEMPT_TRIGGERS.length)
  @IsIn(ATTEMPT_TRIGGERS, { each: true })
  trigger?: AttemptTrigger[];

  @Optional()
  @Time()
  from?: string;

  @Optional()
  @Time()
  to?: string;

  @Optional()
  @Label(100)
  deliveryId?: string;

  @Optional()
  @Label(256)
  eventId?: string;
}

/** The same filters, and the form of the file. */
export class ExportAttemptsDto extends ListAttemptsDto {
  @Optional()
  @IsIn(EXPORT_FORMATS)
  format?: (typeof EXPORT_FORMATS)[number];
}

/** What was checked, as the store takes it. */
export function attemptFilterOf({
  status,
  event,
  code,
  errorClass,
  trigger,
  from,
  to,
  deliveryId,
  eventId,
}: ListAttemptsDto): AttemptFilter {
  return {
    status,
    eventType: event,
    code,
    errorClasses: errorClass,
    triggers: trigger,
    from: msOf(from),
    to: msOf(to),
    deliveryId,
    eventId,
  };
}
